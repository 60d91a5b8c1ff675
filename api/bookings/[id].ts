import { bookingRoute } from "#lib/booking/bookings/booking-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = bookingRoute;
