import * as z from "zod";
import { defineRoute, publicMethod } from "../../../http/define-route.ts";
import { cancelForCustomer } from "../cancel.ts";
import { bookingResponse } from "./booking-response.ts";
import { authorizeCustomer } from "./customer-access.ts";
import { bookingId } from "./fields.ts";

const path = z.strictObject({ id: bookingId });
const query = z.strictObject({});

/** `/api/bookings/:id`: with the cancel token, GET shows a booking and DELETE cancels it. */
export const bookingRoute = defineRoute(
  {
    GET: publicMethod({
      summary: "Shows a booking. Requires its cancel token.",
      security: ["cancelToken"],
      path,
      query,
      authorise: authorizeCustomer,
      handlePublic: async ({ granted: booking }) => ({ status: "ok", booking: bookingResponse(booking) }),
    }),
    DELETE: publicMethod({
      summary: "Cancels a booking. Requires its cancel token.",
      security: ["cancelToken"],
      responses: { 409: "The booking has started, or can no longer be changed." },
      path,
      query,
      authorise: authorizeCustomer,
      handlePublic: async ({ db, now, granted: booking }) => {
        return { status: "ok", booking: bookingResponse(await cancelForCustomer(db, booking, now)) };
      },
    }),
  },
  "/api/bookings/[id]",
);
