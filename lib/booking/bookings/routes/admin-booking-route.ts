import * as z from "zod";
import type { Db } from "../../../db/db.ts";
import { defineRoute, method } from "../../../http/define-route.ts";
import { line } from "../../../http/fields.ts";
import { bookingNotFound, findBooking } from "../booking-rows.ts";
import type { Booking } from "../schema.ts";
import { setStatus } from "../set-status.ts";
import { adminBookingResponse } from "./booking-response.ts";
import { bookingId } from "./fields.ts";

const path = z.strictObject({ id: bookingId });
const query = z.strictObject({});

const change = z
  .strictObject({
    status: z.enum(["confirmed", "completed", "no_show", "cancelled"]),
    reason: line(200).trim().min(1, { error: "a reason" }).optional(),
  })
  .refine(({ status, reason }) => status === "cancelled" || reason === undefined, {
    path: ["reason"],
    error: "nothing unless the status is cancelled",
  });

/** `/api/admin/bookings/:id`: GET shows a booking, PATCH sets its status. */
export const adminBookingRoute = defineRoute(
  {
    GET: method({
      summary: "Shows a booking with the fields for operators.",
      responses: { 404: "The booking does not exist." },
      path,
      query,
      handle: async ({ db, path }) => {
        return { status: "ok", booking: adminBookingResponse(await requireBooking(db, path.id)) };
      },
    }),
    PATCH: method({
      summary: "Sets a booking's status: confirms it, cancels it, or records whether its customer came.",
      example: { status: "confirmed" },
      responses: { 404: "The booking does not exist.", 409: "The new status cannot follow the present one." },
      path,
      query,
      body: change,
      handle: async ({ db, path, body: { status, reason = "provider" }, now }) => {
        const booking = await setStatus(db, await requireBooking(db, path.id), status, reason, now);
        return { status: "ok", booking: adminBookingResponse(booking) };
      },
    }),
  },
  "/api/admin/bookings/[id]",
);

async function requireBooking(db: Db, id: string): Promise<Booking> {
  const booking = await findBooking(db, id);
  if (booking === undefined) throw bookingNotFound(id);
  return booking;
}
