import { providersRoute } from "#lib/booking/catalog/public-routes";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = providersRoute;
