import { overviewRoute } from "#lib/sport/overview-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = overviewRoute;
