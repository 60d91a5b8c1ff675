import { bookPlace } from "./bookings/routes/create-booking-operation.ts";
import { cancelBooking, getBooking, moveBooking } from "./bookings/routes/customer-operations.ts";
import { listProviders, listServices } from "./catalog/public-operations.ts";
import { holdSlot, releaseHeldPlace } from "./free-slots/hold-operations.ts";
import { listSlots } from "./free-slots/list-slots.ts";

/** What customers may do: find a free slot, hold it, book it, and change their booking. */
export const operations = [
  listProviders,
  listServices,
  listSlots,
  holdSlot,
  releaseHeldPlace,
  bookPlace,
  getBooking,
  cancelBooking,
  moveBooking,
];
