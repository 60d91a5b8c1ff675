import { cleanupJobsRoute } from "#lib/admin/actions-routes";
import { OBSERVERS } from "#lib/app/job-host";
import { SUPERVISED } from "#lib/app/tick";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = cleanupJobsRoute(SUPERVISED, OBSERVERS);
