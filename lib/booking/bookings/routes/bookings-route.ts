import * as z from "zod";
import { fieldError } from "../../../errors.ts";
import { defineRoute, publicMethod } from "../../../http/define-route.ts";
import { email, zone } from "../../../http/fields.ts";
import { book } from "../create-booking.ts";
import { bookingAnswer } from "./booking-response.ts";
import { customerName, holdId, slotId } from "./fields.ts";

const order = z.strictObject({
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
    description: "Made up by the sender for each booking, so that one that is sent again is not made twice.",
    examples: ["my-first-booking-of-7"],
  });

/** `/api/bookings`: POST books a place, for everybody. */
export const bookingsRoute = defineRoute({
  POST: publicMethod({
    summary: "Books a place; sent again with the same key, it answers the same booking.",
    headers: z.object({ "Idempotency-Key": idempotencyKeyField }),
    example: { slotId: 7, name: "Ada", email: "ada@example.com", language: "en" },
    answers: {
      201: "The booking and its cancel token; `Idempotency-Replayed: true` where it was there already.",
      404: "There is no such slot, or no such hold.",
      409: "The slot is full or cannot be booked, or its provider is booked elsewhere at that time.",
    },
    query: z.strictObject({}),
    body: order,
    handlePublic: async ({ db, body, request, now }) => {
      const { booking, cancelToken, replayed } = await book(db, body, idempotencyKey(request), now);
      const headers = { "Cache-Control": "no-store", ...(replayed && { "Idempotency-Replayed": "true" }) };
      return Response.json({ status: "ok", booking: bookingAnswer(booking), cancelToken }, { status: 201, headers });
    },
  }),
});

/** The key by which a request that is sent again is known (IETF draft, The Idempotency-Key HTTP Header Field). */
function idempotencyKey(request: Request): string {
  const key = request.headers.get("idempotency-key");
  if (key !== null && KEY.test(key)) return key;
  throw fieldError("invalid-parameter", {
    field: "Idempotency-Key",
    expected: "a header of 16 to 255 printable ASCII characters",
    got: key === null ? "none" : `one of ${key.length}`,
  });
}
