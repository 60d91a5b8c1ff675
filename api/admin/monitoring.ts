import { monitoringRoute } from "#lib/ops/monitoring";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = monitoringRoute;
