import { rankingsRoute } from "#lib/sport/results/rankings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = rankingsRoute;
