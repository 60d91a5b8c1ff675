import { adminDashboardRoute } from "#lib/site/admin-dashboard-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminDashboardRoute;
