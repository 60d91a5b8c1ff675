import * as z from "zod";
import { defineRoute, publicMethod } from "../../http/define-route.ts";
import { holdId, slotSegment } from "../bookings/routes/fields.ts";
import { dropHold, holdPlace } from "./holds.ts";

const path = z.strictObject({ id: slotSegment });
const query = z.strictObject({});

/** `/api/slots/:id/hold`: POST holds a place for a checkout, DELETE gives it back, for everybody. */
export const holdRoute = defineRoute(
  {
    POST: publicMethod({
      summary: "Holds a place of a slot for a checkout.",
      answers: {
        201: "The hold, and until when it lasts.",
        404: "There is no such slot.",
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
      summary: "Gives a held place back.",
      example: { holdId: "00000000-0000-4000-8000-000000000000" },
      path,
      query,
      body: z.strictObject({ holdId }),
      handlePublic: async ({ db, path, body }) => {
        await dropHold(db, body.holdId, path.id);
        return { status: "ok" };
      },
    }),
  },
  "/api/slots/[id]/hold",
);
