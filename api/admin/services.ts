import { servicesSetupRoute } from "#lib/slots/services-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = servicesSetupRoute;
