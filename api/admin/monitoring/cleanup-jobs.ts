import { cleanupJobsRoute } from "#lib/admin/actions-routes";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = cleanupJobsRoute;
