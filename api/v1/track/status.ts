import { statusEndpoint } from "#lib/site/status-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = statusEndpoint;
