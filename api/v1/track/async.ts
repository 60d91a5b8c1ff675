import { trackAsyncEndpoint } from "#lib/analytics/ingest/track-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackAsyncEndpoint;
