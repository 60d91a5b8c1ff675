import { trackingCustomersRoute } from "#lib/attendance/metrics/customers-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackingCustomersRoute;
