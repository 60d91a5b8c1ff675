import { defineJob } from "#lib/jobs/define-job";
import { monthly } from "#lib/sport/evaluation/monthly";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(monthly);
