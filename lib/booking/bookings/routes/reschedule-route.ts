import * as z from "zod";
import { defineRoute, publicMethod } from "../../../http/define-route.ts";
import { reschedule } from "../reschedule.ts";
import { bookingResponse } from "./booking-response.ts";
import { authorizeCustomer } from "./customer-access.ts";
import { bookingId, slotId } from "./fields.ts";

/** `/api/bookings/:id/reschedule`: with the cancel token, POST moves a booking to another slot of its service. */
export const rescheduleRoute = defineRoute(
  {
    POST: publicMethod({
      summary: "Moves a booking to another slot of its service. Requires its cancel token.",
      security: ["cancelToken"],
      example: { slotId: 8 },
      responses: {
        404: "The slot does not exist.",
        409: "The slot is full or cannot be booked, or the booking can no longer be moved.",
      },
      path: z.strictObject({ id: bookingId }),
      query: z.strictObject({}),
      body: z.strictObject({ slotId }),
      authorise: authorizeCustomer,
      handlePublic: async ({ db, body, now, granted: booking }) => {
        return { status: "ok", booking: bookingResponse(await reschedule(db, booking, body.slotId, now)) };
      },
    }),
  },
  "/api/bookings/[id]/reschedule",
);
