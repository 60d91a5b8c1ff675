import { runJobRoute } from "#lib/ops/run-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = runJobRoute;
