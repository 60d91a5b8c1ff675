import { runsRoute } from "#lib/ops/runs-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = runsRoute;
