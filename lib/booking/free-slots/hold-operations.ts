import * as z from "zod";
import { everyone } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { holdId, slotSegment } from "../bookings/operations/fields.ts";
import { holdPlace, releaseHold } from "./holds.ts";

const params = z.strictObject({ id: slotSegment });

const released = z
  .object({ released: z.boolean() })
  .meta({ id: "HoldReleased", description: "The place is not held any more." });

const hold = z
  .object({ holdId: z.uuid(), slotId: z.int(), expiresAt: sentInstant })
  .meta({ id: "Hold", description: "A place of a slot that is kept during checkout." });

export const holdSlot = operation({
  id: "holdSlot",
  method: "POST",
  path: "/api/slots/{id}/hold",
  access: everyone,
  summary: "Holds a place of a slot during checkout.",
  params,
  responses: {
    201: { description: "The hold and its expiry.", schema: hold },
    404: "The slot does not exist.",
    409: "The slot is full or cannot be booked.",
  },
  handle: async ({ db, params, now }) => {
    const { id, expiresAt } = await holdPlace(db, params.id, now);
    return { holdId: id, slotId: params.id, expiresAt };
  },
});

export const releaseHeldPlace = operation({
  id: "releaseHold",
  method: "DELETE",
  path: "/api/slots/{id}/hold",
  access: everyone,
  summary: "Releases a held place.",
  description: "A hold that has expired or been released before gives the same answer.",
  example: { holdId: "00000000-0000-4000-8000-000000000000" },
  params,
  body: z.strictObject({ holdId }).meta({ id: "ReleaseHoldRequest", description: "The hold to release." }),
  responses: { 200: { description: "The place is not held any more.", schema: released } },
  handle: async ({ db, params, body }) => {
    await releaseHold(db, body.holdId, params.id);
    return { released: true };
  },
});
