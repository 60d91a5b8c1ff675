import { slotMetricsRoute } from "#lib/slots/metrics-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = slotMetricsRoute;
