import { bookingRoute } from "#lib/booking/bookings/routes/booking-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = bookingRoute;
