import { trackingMetricsRoute } from "#lib/calendar/metrics-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackingMetricsRoute;
