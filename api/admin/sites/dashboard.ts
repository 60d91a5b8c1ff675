import { adminDashboardRoute } from "#lib/analytics/reports/admin-dashboard-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminDashboardRoute;
