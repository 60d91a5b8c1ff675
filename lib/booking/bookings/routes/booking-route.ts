import * as z from "zod";
import { defineRoute, publicMethod } from "../../../http/define-route.ts";
import { cancelForCustomer } from "../cancel.ts";
import { bookingAnswer } from "./booking-response.ts";
import { customersBooking } from "./customer-access.ts";
import { bookingId } from "./fields.ts";

const path = z.strictObject({ id: bookingId });
const query = z.strictObject({});

/** `/api/bookings/:id`: GET shows a booking, DELETE cancels it, with its cancel token. */
export const bookingRoute = defineRoute(
  {
    GET: publicMethod({
      summary: "A booking, for who holds its cancel token.",
      security: ["cancelToken"],
      path,
      query,
      authorise: customersBooking,
      handlePublic: async ({ granted: booking }) => ({ status: "ok", booking: bookingAnswer(booking) }),
    }),
    DELETE: publicMethod({
      summary: "Cancels a booking, for who holds its cancel token.",
      security: ["cancelToken"],
      answers: { 409: "It is too late for that." },
      path,
      query,
      authorise: customersBooking,
      handlePublic: async ({ db, now, granted: booking }) => {
        return { status: "ok", booking: bookingAnswer(await cancelForCustomer(db, booking, now)) };
      },
    }),
  },
  "/api/bookings/[id]",
);
