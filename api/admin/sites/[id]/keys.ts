import { siteKeysRoute } from "#lib/analytics/sites/sites-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = siteKeysRoute;
