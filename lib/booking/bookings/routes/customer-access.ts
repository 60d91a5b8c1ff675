import { AppError } from "../../../errors.ts";
import { bearerToken, unauthorized } from "../../../http/bearer.ts";
import type { BodilessCall } from "../../../http/define-route.ts";
import { limitRefusals } from "../../../http/rate-limit/rate-limit.ts";
import { DAY_MS } from "../../../time/durations.ts";
import { findBooking } from "../booking-rows.ts";
import { isCancelToken } from "../cancel-token.ts";
import type { Booking } from "../schema.ts";

/** How many days after its end a booking can still be seen with its token. */
const TOKEN_DAYS = 30;

/**
 * Returns the booking in the path if the request carries its cancel token. An unknown booking and a wrong token give the
 * same response after the same time, so that ids cannot be guessed.
 * @throws AppError `unauthorized` without a token, `forbidden`, `token-expired`, `rate-limited` after many wrong tokens.
 */
export function authorizeCustomer({ db, path, request, now }: BodilessCall<{ id: string }, unknown>): Promise<Booking> {
  return limitRefusals(request, "cancel-token", async () => {
    const token = bearerToken(request);
    if (token === undefined) throw unauthorized("Authorization: Bearer <cancelToken>");
    const booking = await findBooking(db, path.id);
    const matches = isCancelToken(token, booking);
    if (booking === undefined || !matches) {
      throw new AppError("forbidden", "The cancel token does not match the booking.");
    }
    if (now.getTime() >= booking.endsAt.getTime() + TOKEN_DAYS * DAY_MS) {
      throw new AppError("token-expired", `The cancel token expired ${TOKEN_DAYS} days after the end of the booking.`);
    }
    return booking;
  });
}
