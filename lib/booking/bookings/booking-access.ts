import { database } from "../../db/client.ts";
import { AppError } from "../../errors.ts";
import { type Access, everyone } from "../../http/access.ts";
import { bearerToken, unauthorized } from "../../http/bearer.ts";
import { parse } from "../../http/parse.ts";
import { limitRefusals } from "../../http/rate-limit/rate-limit.ts";
import { DAY_MS } from "../../time/durations.ts";
import { findBooking } from "./booking-rows.ts";
import { isCancelToken } from "./cancel-token.ts";
import { bookingParams } from "./operations/fields.ts";
import type { Booking } from "./schema.ts";

/** How many days after its end a booking can still be seen with its token. */
const TOKEN_DAYS = 30;

/**
 * The customer of the booking in the path, by its cancel token; the caller is the booking. An unknown booking and a wrong
 * token give the same response after the same time, so that ids cannot be guessed.
 * @throws AppError `unauthorized` without a token, `forbidden`, `token-expired`, `rate-limited` after many wrong tokens.
 */
export const bookingCustomer: Access<Booking> = {
  ...everyone,
  credentials: ["cancelToken"],
  authenticate: async (arrival) => {
    await everyone.authenticate(arrival);
    const { id } = parse(bookingParams, arrival.segments, "invalid-parameter");
    return limitRefusals(arrival.request, "cancel-token", () => customerOf(id, arrival.request, arrival.now));
  },
};

async function customerOf(id: string, request: Request, now: Date): Promise<Booking> {
  const token = bearerToken(request);
  if (token === undefined) throw unauthorized("Authorization: Bearer <cancelToken>");
  const booking = await findBooking(await database(), id);
  const matches = isCancelToken(token, booking);
  if (booking === undefined || !matches) {
    throw new AppError("forbidden", "The cancel token does not match the booking.");
  }
  if (now.getTime() >= booking.endsAt.getTime() + TOKEN_DAYS * DAY_MS) {
    throw new AppError("token-expired", `The cancel token expired ${TOKEN_DAYS} days after the end of the booking.`);
  }
  return booking;
}
