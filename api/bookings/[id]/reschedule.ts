import { rescheduleRoute } from "#lib/slots/reschedule-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = rescheduleRoute;
