import { runsRoute } from "#lib/admin/runs-route";
import { JOBS } from "#lib/app/registry";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = runsRoute(JOBS);
