import type { Operation } from "../http/operation.ts";
import { listBookings } from "./bookings/operations/list-bookings.ts";
import { getManagedBooking, updateBooking } from "./bookings/operations/operator-operations.ts";
import { availabilityOperations } from "./catalog/availability-operations.ts";
import { exceptionOperations } from "./catalog/exception-operations.ts";
import { providerOperations } from "./catalog/provider-operations.ts";
import { serviceOperations } from "./catalog/service-operations.ts";
import { timeSlotOperations } from "./catalog/time-slot-operations.ts";
import { getSlotCalendar } from "./metrics/get-slot-calendar.ts";
import { getSlotMetrics } from "./metrics/get-slot-metrics.ts";
import { listManagedSlots } from "./slots/list-managed-slots.ts";
import type { Maintain } from "./slots/maintain-now.ts";

/** What the operator may do: set up the catalog, see and change bookings, and read how slots are used. */
export const operations = (maintain: Maintain): Operation[] => [
  ...providerOperations(maintain),
  ...serviceOperations(maintain),
  ...availabilityOperations(maintain),
  ...exceptionOperations(maintain),
  ...timeSlotOperations(maintain),
  listBookings,
  getManagedBooking,
  updateBooking,
  listManagedSlots,
  getSlotCalendar,
  getSlotMetrics,
];
