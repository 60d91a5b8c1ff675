import { badgesRoute } from "#lib/sport/reading";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = badgesRoute;
