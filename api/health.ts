import { JOBS } from "#lib/app/registry";
import { healthEndpoint } from "#lib/health/health-endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = healthEndpoint(JOBS);
