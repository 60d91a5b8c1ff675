import { monitoringRoute } from "#lib/admin/monitoring-route";
import { JOBS } from "#lib/app/registry";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = monitoringRoute(JOBS);
