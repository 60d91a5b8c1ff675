import * as z from "zod";
import type { Db } from "../../../db/db.ts";
import { staff, viewers } from "../../../http/access.ts";
import { line } from "../../../http/fields.ts";
import { operation } from "../../../http/operation.ts";
import { managedBookingAnswer } from "../../response-schemas.ts";
import { bookingNotFound, findBooking } from "../booking-rows.ts";
import type { Booking } from "../schema.ts";
import { setStatus } from "../set-status.ts";
import { managedBookingResponse } from "./booking-response.ts";
import { bookingParams } from "./fields.ts";

/** What the operator may do with one booking. */

const bookingChange = z
  .strictObject({
    status: z.enum(["confirmed", "completed", "no_show", "cancelled"]),
    reason: line(200)
      .trim()
      .min(1, { error: "a reason" })
      .optional()
      .meta({ description: "Why the booking is cancelled; `provider` by default. Only operators see it." }),
  })
  .refine(({ status, reason }) => status === "cancelled" || reason === undefined, {
    path: ["reason"],
    error: "nothing unless the status is cancelled",
  })
  .meta({ id: "BookingChange", description: "The new status of a booking." });

export const getManagedBooking = operation({
  id: "getManagedBooking",
  method: "GET",
  path: "/api/admin/bookings/{id}",
  access: viewers,
  summary: "Shows a booking with the fields for operators.",
  params: bookingParams,
  responses: { 200: { description: "The booking.", schema: managedBookingAnswer }, 404: "The booking does not exist." },
  handle: async ({ db, params }) => ({ booking: managedBookingResponse(await requireBooking(db, params.id)) }),
});

export const updateBooking = operation({
  id: "updateBooking",
  method: "PATCH",
  path: "/api/admin/bookings/{id}",
  access: staff,
  summary: "Sets a booking's status: confirms it, cancels it, or records whether its customer came.",
  description:
    "A pending booking can be confirmed or cancelled, a confirmed one cancelled. From its start on, a confirmed booking can \
become `completed` or `no_show`, and each of these the other. Customers get a mail about a confirmation and a cancellation. \
Setting the present status changes nothing.",
  example: { status: "confirmed" },
  params: bookingParams,
  body: bookingChange,
  responses: {
    200: { description: "The booking with its new status.", schema: managedBookingAnswer },
    404: "The booking does not exist.",
    409: "The new status cannot follow the present one.",
  },
  handle: async ({ db, params, body: { status, reason = "provider" }, now }) => {
    const booking = await setStatus(db, await requireBooking(db, params.id), status, reason, now);
    return { booking: managedBookingResponse(booking) };
  },
});

async function requireBooking(db: Db, id: string): Promise<Booking> {
  const booking = await findBooking(db, id);
  if (booking === undefined) throw bookingNotFound(id);
  return booking;
}
