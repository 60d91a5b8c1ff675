import * as z from "zod";
import { sentDate, sentInstant, sentLocalTime } from "../http/responses/fields.ts";
import { LANGUAGES } from "../users/languages.ts";
import { CATEGORIES } from "./availability/surcharge.ts";
import { BOOKING_STATUSES } from "./bookings/schema.ts";

/** What customers and operators read of slots and bookings. Prices are in the club's currency. */

const category = z
  .enum(CATEGORIES)
  .meta({ id: "SlotCategory", description: "The time of day and week, which decides on the surcharge." });

const price = z.number().meta({ description: "With the surcharge, in the club's currency." });

const rushFeePercent = z.int().meta({ description: "The surcharge that the price contains, in percent." });

export const freeSlot = z
  .object({
    id: z.int(),
    serviceId: z.string(),
    providerId: z.string(),
    startsAt: sentInstant,
    endsAt: sentInstant,
    localDate: sentDate.meta({ description: "The date of `localStart`." }),
    localStart: sentLocalTime,
    localEnd: sentLocalTime,
    price,
    category,
    rushFeePercent,
    capacity: z.int().meta({ description: "All its places." }),
    places: z.int().meta({ description: "The places that are still free." }),
  })
  .meta({ id: "Slot", description: "A slot that can be booked." });

const bookingFields = {
  id: z.uuid(),
  status: z.enum(BOOKING_STATUSES).meta({
    id: "BookingStatus",
    description:
      "The state of a booking. `pending`: a request that is not confirmed yet. `no_show`: the customer did not come.",
  }),
  slotId: z.int().nullable().meta({ description: "Null if the slot does not exist any more." }),
  serviceId: z.string(),
  serviceName: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  startsAt: sentInstant,
  endsAt: sentInstant,
  timezone: z.string().meta({ description: "The zone in which the customer reads times." }),
  localStart: sentLocalTime,
  localEnd: sentLocalTime,
  price,
  category,
  rushFeePercent,
  sequence: z.int().meta({ description: "Increases by one with each change." }),
  name: z.string().meta({ description: "The customer's name; empty when their data has been deleted." }),
  email: z.string().meta({ description: "The customer's address; empty when their data has been deleted." }),
  language: z.enum(LANGUAGES),
  createdAt: sentInstant,
  cancelledAt: sentInstant.nullable().meta({ description: "Null unless it is cancelled." }),
};

/** A booking as its customer sees it. */
export const booking = z
  .object(bookingFields)
  .meta({ id: "Booking", description: "A booking. It keeps its own copy of service, provider, period and price." });

/** A booking with what only operators see. */
export const managedBooking = z
  .object({
    ...bookingFields,
    providerTimezone: z.string(),
    updatedAt: sentInstant,
    cancelReason: z.string().nullable().meta({
      description: "`customer`, `provider`, `never-confirmed` or the operator's words; null unless it is cancelled.",
    }),
  })
  .meta({ id: "ManagedBooking", description: "A booking with the fields for operators." });

export const bookingAnswer = z.object({ booking }).meta({ id: "BookingResponse", description: "One booking." });
export const managedBookingAnswer = z
  .object({ booking: managedBooking })
  .meta({ id: "ManagedBookingResponse", description: "One booking with the fields for operators." });
