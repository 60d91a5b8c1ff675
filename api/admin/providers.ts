import { providersSetupRoute } from "#lib/booking/catalog/providers-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = providersSetupRoute;
