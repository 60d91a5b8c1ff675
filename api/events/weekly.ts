import { defineJob } from "#lib/jobs/define-job";
import { weekly } from "#lib/sport/evaluation/weekly";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(weekly);
