import { resultsRoute } from "#lib/sport/results/results-routes";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resultsRoute;
