import { slotMetricsRoute } from "#lib/booking/metrics/slot-metrics-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = slotMetricsRoute;
