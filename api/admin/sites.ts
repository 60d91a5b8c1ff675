import { sitesRoute } from "#lib/site/sites-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = sitesRoute;
