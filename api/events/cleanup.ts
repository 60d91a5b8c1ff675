import { cleanup } from "#lib/app/cleanup";
import { defineJob } from "#lib/app/job-host";
import { JOBS } from "#lib/app/registry";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(cleanup(JOBS));
