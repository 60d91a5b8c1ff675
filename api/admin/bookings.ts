import { adminBookingsRoute } from "#lib/booking/bookings/routes/admin-bookings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminBookingsRoute;
