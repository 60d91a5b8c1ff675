import { servicesRoute } from "#lib/booking/catalog/catalog-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = servicesRoute;
