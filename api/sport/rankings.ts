import { rankingsRoute } from "#lib/sport/rankings";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = rankingsRoute;
