import { defineJob } from "#lib/app/job-host";
import { weekly } from "#lib/sport/evaluation/weekly";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(weekly);
