import { resultsRoute } from "#lib/sport/reading";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resultsRoute;
