import { heatmapRoute } from "#lib/calendar/heatmap-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = heatmapRoute;
