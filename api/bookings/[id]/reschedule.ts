import { rescheduleRoute } from "#lib/booking/bookings/routes/reschedule-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = rescheduleRoute;
