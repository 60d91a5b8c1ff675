import { runJobRoute } from "#lib/admin/run-job-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = runJobRoute;
