import { trackingCustomersRoute } from "#lib/calendar/customers-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackingCustomersRoute;
