import { slotCalendarRoute } from "#lib/booking/metrics/slot-calendar-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = slotCalendarRoute;
