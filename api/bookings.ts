import { bookingsRoute } from "#lib/booking/bookings/bookings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = bookingsRoute;
