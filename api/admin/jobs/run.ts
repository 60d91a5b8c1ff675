import { runJobRoute } from "#lib/admin/run-job-route";
import { HOST } from "#lib/app/job-host";
import { JOBS } from "#lib/app/registry";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = runJobRoute(JOBS, HOST);
