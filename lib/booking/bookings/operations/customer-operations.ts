import * as z from "zod";
import { operation } from "../../../http/operation.ts";
import { bookingAnswer } from "../../response-schemas.ts";
import { bookingCustomer } from "../booking-access.ts";
import { cancelForCustomer } from "../cancel.ts";
import { reschedule } from "../reschedule.ts";
import { bookingResponse } from "./booking-response.ts";
import { bookingParams, slotId } from "./fields.ts";

/** What a customer may do with the cancel token of a booking. */

export const getBooking = operation({
  id: "getBooking",
  method: "GET",
  path: "/api/bookings/{id}",
  access: bookingCustomer,
  summary: "Shows a booking to its customer.",
  params: bookingParams,
  responses: { 200: { description: "The booking.", schema: bookingAnswer } },
  handle: async ({ caller }) => ({ booking: bookingResponse(caller) }),
});

export const cancelBooking = operation({
  id: "cancelBooking",
  method: "DELETE",
  path: "/api/bookings/{id}",
  access: bookingCustomer,
  summary: "Cancels a booking for its customer.",
  params: bookingParams,
  responses: {
    200: { description: "The cancelled booking.", schema: bookingAnswer },
    409: "The booking has started, or can no longer be changed.",
  },
  handle: async ({ db, caller, now }) => ({ booking: bookingResponse(await cancelForCustomer(db, caller, now)) }),
});

export const moveBooking = operation({
  id: "moveBooking",
  method: "POST",
  path: "/api/bookings/{id}/reschedule",
  access: bookingCustomer,
  summary: "Moves a booking to another slot of its service.",
  example: { slotId: 8 },
  params: bookingParams,
  body: z.strictObject({ slotId }).meta({ id: "MoveRequest", description: "Where a booking is moved to." }),
  responses: {
    200: { description: "The moved booking.", schema: bookingAnswer },
    404: "The slot does not exist.",
    409: "The slot is full or cannot be booked, or the booking can no longer be moved.",
  },
  handle: async ({ db, body, caller, now }) => ({
    booking: bookingResponse(await reschedule(db, caller, body.slotId, now)),
  }),
});
