import * as z from "zod";
import { defineRoute, publicMethod } from "../../http/define-route.ts";
import { holdId, slotSegment } from "../bookings/routes/fields.ts";
import { holdPlace, releaseHold } from "./holds.ts";

const path = z.strictObject({ id: slotSegment });
const query = z.strictObject({});

/** `/api/slots/:id/hold` (public): POST holds a place during checkout, DELETE releases it. */
export const holdRoute = defineRoute(
  {
    POST: publicMethod({
      summary: "Holds a place of a slot during checkout.",
      responses: {
        201: "The hold and its expiry.",
        404: "The slot does not exist.",
        409: "The slot is full or cannot be booked.",
      },
      path,
      query,
      handlePublic: async ({ db, path, now }) => {
        const { id, expiresAt } = await holdPlace(db, path.id, now);
        const headers = { "Cache-Control": "no-store" };
        return Response.json({ status: "ok", holdId: id, slotId: path.id, expiresAt }, { status: 201, headers });
      },
    }),
    DELETE: publicMethod({
      summary: "Releases a held place.",
      example: { holdId: "00000000-0000-4000-8000-000000000000" },
      path,
      query,
      body: z.strictObject({ holdId }),
      handlePublic: async ({ db, path, body }) => {
        await releaseHold(db, body.holdId, path.id);
        return { status: "ok" };
      },
    }),
  },
  "/api/slots/[id]/hold",
);
