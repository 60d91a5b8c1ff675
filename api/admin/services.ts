import { servicesSetupRoute } from "#lib/booking/catalog/services-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = servicesSetupRoute;
