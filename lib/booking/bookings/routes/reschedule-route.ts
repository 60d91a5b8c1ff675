import * as z from "zod";
import { defineRoute, publicMethod } from "../../../http/define-route.ts";
import { reschedule } from "../reschedule.ts";
import { bookingAnswer } from "./booking-response.ts";
import { customersBooking } from "./customer-access.ts";
import { bookingId, slotId } from "./fields.ts";

/** `/api/bookings/:id/reschedule`: POST moves a booking to another slot of its service, with its cancel token. */
export const rescheduleRoute = defineRoute(
  {
    POST: publicMethod({
      summary: "Moves a booking to another slot of its service, for who holds its cancel token.",
      security: ["cancelToken"],
      example: { slotId: 8 },
      answers: {
        404: "There is no such slot.",
        409: "The slot is full or cannot be booked, or it is too late to move the booking.",
      },
      path: z.strictObject({ id: bookingId }),
      query: z.strictObject({}),
      body: z.strictObject({ slotId }),
      authorise: customersBooking,
      handlePublic: async ({ db, body, now, granted: booking }) => {
        return { status: "ok", booking: bookingAnswer(await reschedule(db, booking, body.slotId, now)) };
      },
    }),
  },
  "/api/bookings/[id]/reschedule",
);
