import { bookingsRoute } from "#lib/booking/bookings/routes/bookings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = bookingsRoute;
