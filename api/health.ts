import { healthEndpoint } from "#lib/ops/health";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = healthEndpoint;
