import * as z from "zod";
import { fieldError } from "../../../errors.ts";
import { defineRoute, publicMethod } from "../../../http/define-route.ts";
import { email, zone } from "../../../http/fields.ts";
import { createBooking } from "../create-booking.ts";
import { bookingResponse } from "./booking-response.ts";
import { customerName, holdId, slotId } from "./fields.ts";

const bookingRequest = z.strictObject({
  slotId,
  name: customerName,
  email,
  language: z.enum(["de", "en"]).default("de"),
  timezone: zone.optional(),
  holdId: holdId.optional(),
});

const KEY = /^[\x20-\x7e]{16,255}$/;

const idempotencyKeyField = z
  .string()
  .regex(KEY)
  .meta({
    description: "A new key for each booking. A request that is repeated with the same key does not book twice.",
    examples: ["my-first-booking-of-7"],
  });

/** `/api/bookings` (public): POST books a place. */
export const bookingsRoute = defineRoute({
  POST: publicMethod({
    summary: "Books a place. A repeated request with the same key returns the same booking.",
    headers: z.object({ "Idempotency-Key": idempotencyKeyField }),
    example: { slotId: 7, name: "Ada", email: "ada@example.com", language: "en" },
    responses: {
      201: "The booking and its cancel token. `Idempotency-Replayed: true` means that an earlier request booked it.",
      404: "The slot does not exist.",
      409: "The slot is full or cannot be booked, the hold has expired, or the provider is booked at that time.",
    },
    query: z.strictObject({}),
    body: bookingRequest,
    handlePublic: async ({ db, body, request, now }) => {
      const { booking, cancelToken, replayed } = await createBooking(db, body, idempotencyKey(request), now);
      const headers = { "Cache-Control": "no-store", ...(replayed && { "Idempotency-Replayed": "true" }) };
      return Response.json({ status: "ok", booking: bookingResponse(booking), cancelToken }, { status: 201, headers });
    },
  }),
});

/** Reads the key that identifies a repeated request (IETF draft "The Idempotency-Key HTTP Header Field"). */
function idempotencyKey(request: Request): string {
  const key = request.headers.get("idempotency-key");
  if (key !== null && KEY.test(key)) return key;
  throw fieldError("invalid-parameter", {
    field: "Idempotency-Key",
    expected: "a header of 16 to 255 printable ASCII characters",
    got: key === null ? "none" : `one of ${key.length}`,
  });
}
