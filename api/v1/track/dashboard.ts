import { dashboardEndpoint } from "#lib/site/dashboard-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = dashboardEndpoint;
