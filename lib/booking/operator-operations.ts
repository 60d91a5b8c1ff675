import { listBookings } from "./bookings/routes/list-bookings.ts";
import { getManagedBooking, updateBooking } from "./bookings/routes/operator-operations.ts";
import { getSlotCalendar } from "./metrics/get-slot-calendar.ts";
import { getSlotMetrics } from "./metrics/get-slot-metrics.ts";

/** What the operator may do: see and change bookings, and read how slots are used. */
export const operations = [listBookings, getManagedBooking, updateBooking, getSlotCalendar, getSlotMetrics];
