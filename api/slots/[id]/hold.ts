import { holdRoute } from "#lib/booking/free-slots/hold-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = holdRoute;
