import { holdRoute } from "#lib/slots/hold-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = holdRoute;
