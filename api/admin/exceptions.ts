import { exceptionsSetupRoute } from "#lib/slots/exceptions-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = exceptionsSetupRoute;
