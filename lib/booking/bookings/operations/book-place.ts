import * as z from "zod";
import { everyone } from "../../../http/access.ts";
import { email, zone } from "../../../http/fields.ts";
import { operation, Reply } from "../../../http/operation.ts";
import { LANGUAGES } from "../../../users/languages.ts";
import { booking } from "../../response-schemas.ts";
import { createBooking } from "../create-booking.ts";
import { bookingResponse } from "./booking-response.ts";
import { customerName, holdId, slotId } from "./fields.ts";

const bookingRequest = z
  .strictObject({
    slotId,
    name: customerName,
    email,
    language: z.enum(LANGUAGES).default("de").meta({ description: "The language of mails." }),
    timezone: zone.optional().meta({ description: "The zone in which the customer reads times." }),
    holdId: holdId.optional().meta({ description: "Books the place that is held." }),
  })
  .meta({ id: "BookingRequest", description: "A place to book, and for whom." });

const KEY_EXPECTED = { error: "a header of 16 to 255 printable ASCII characters" };

/** Identifies a repeated request (IETF draft "The Idempotency-Key HTTP Header Field"). */
const idempotencyKey = z
  .string(KEY_EXPECTED)
  .regex(/^[\x20-\x7e]{16,255}$/, KEY_EXPECTED)
  .meta({
    description: "A new key for each booking. A request that is repeated with the same key does not book twice.",
    examples: ["my-first-booking-of-7"],
  });

const created = z
  .object({
    booking,
    cancelToken: z.string().meta({ description: "The secret with which the customer reads, moves and cancels it." }),
  })
  .meta({ id: "BookingCreated", description: "The booking, and the secret of its customer." });

export const bookPlace = operation({
  id: "createBooking",
  method: "POST",
  path: "/api/bookings",
  access: everyone,
  summary: "Books a place. A repeated request with the same key returns the same booking.",
  headers: z.object({ "Idempotency-Key": idempotencyKey }),
  example: { slotId: 7, name: "Ada", email: "ada@example.com", language: "en" },
  body: bookingRequest,
  responses: {
    201: {
      description: "The booking and its cancel token.",
      schema: created,
      headers: { "Idempotency-Replayed": "`true` if an earlier request with this key booked it." },
    },
    404: "The slot does not exist.",
    409: "The slot is full or cannot be booked, the hold has expired, or the provider is booked at that time.",
  },
  handle: async ({ db, body, headers, now }) => {
    const { booking, cancelToken, replayed } = await createBooking(db, body, headers["Idempotency-Key"], now);
    return new Reply(
      201,
      { booking: bookingResponse(booking), cancelToken },
      replayed ? { "Idempotency-Replayed": "true" } : {},
    );
  },
});
