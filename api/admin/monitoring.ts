import { monitoringRoute } from "#lib/admin/monitoring-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = monitoringRoute;
