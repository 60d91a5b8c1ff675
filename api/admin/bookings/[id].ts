import { adminBookingRoute } from "#lib/booking/bookings/routes/admin-booking-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminBookingRoute;
