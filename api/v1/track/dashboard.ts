import { dashboardEndpoint } from "#lib/analytics/reports/dashboard-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = dashboardEndpoint;
