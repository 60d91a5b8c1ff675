import { bookingRoute } from "#lib/slots/booking-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = bookingRoute;
