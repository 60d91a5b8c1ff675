import { statusEndpoint } from "#lib/analytics/reports/status-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = statusEndpoint;
