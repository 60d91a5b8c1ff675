import { bookPlace } from "./book-place.ts";
import { cancelBooking, getBooking, moveBooking } from "./customer-operations.ts";

/** What customers may do with bookings: book, and change their booking. */
export const operations = [bookPlace, getBooking, cancelBooking, moveBooking];
