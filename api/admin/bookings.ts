import { adminBookingsRoute } from "#lib/booking/bookings/admin-bookings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminBookingsRoute;
