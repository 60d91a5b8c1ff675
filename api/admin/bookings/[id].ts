import { adminBookingRoute } from "#lib/slots/admin-booking-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminBookingRoute;
