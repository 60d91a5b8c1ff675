import { defineJob } from "#lib/jobs/define-job";
import { cleanup } from "#lib/supervision/cleanup";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(cleanup);
