import { trackingMetricsRoute } from "#lib/attendance/metrics/metrics-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackingMetricsRoute;
