import { processEndpoint } from "#lib/site/process-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = processEndpoint;
