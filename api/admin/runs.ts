import { runsRoute } from "#lib/admin/runs-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = runsRoute;
