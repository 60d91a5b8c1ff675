import { rescheduleRoute } from "#lib/booking/bookings/reschedule-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = rescheduleRoute;
