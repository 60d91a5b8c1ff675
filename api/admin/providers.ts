import { providersSetupRoute } from "#lib/slots/providers-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = providersSetupRoute;
