import { adminBookingsRoute } from "#lib/slots/admin-bookings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminBookingsRoute;
