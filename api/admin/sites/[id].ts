import { siteRoute } from "#lib/site/sites-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = siteRoute;
