import { cleanup } from "#lib/jobs/cleanup";
import { defineJob } from "#lib/jobs/define-job";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(cleanup);
