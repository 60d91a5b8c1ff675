import { trackEndpoint } from "#lib/analytics/ingest/track-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackEndpoint;
