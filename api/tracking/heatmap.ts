import { heatmapRoute } from "#lib/attendance/metrics/heatmap-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = heatmapRoute;
