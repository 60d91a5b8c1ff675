import { defineJob } from "#lib/app/job-host";
import { monthly } from "#lib/sport/evaluation/monthly";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(monthly);
