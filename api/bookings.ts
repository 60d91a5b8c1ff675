import { bookingsRoute } from "#lib/slots/bookings-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = bookingsRoute;
