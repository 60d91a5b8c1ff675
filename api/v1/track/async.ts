import { trackAsyncEndpoint } from "#lib/site/track-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackAsyncEndpoint;
