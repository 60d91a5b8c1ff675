import { providersRoute } from "#lib/slots/catalogue-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = providersRoute;
