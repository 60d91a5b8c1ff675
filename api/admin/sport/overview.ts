import { overviewRoute } from "#lib/sport/results/overview-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = overviewRoute;
