import { slotCalendarRoute } from "#lib/slots/calendar-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = slotCalendarRoute;
