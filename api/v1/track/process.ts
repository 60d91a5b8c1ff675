import { processEndpoint } from "#lib/analytics/pipeline/process-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = processEndpoint;
