import { AppError } from "../../../errors.ts";
import { bearerToken, unauthorized } from "../../../http/bearer.ts";
import type { BodilessCall } from "../../../http/define-route.ts";
import { limitRefusals } from "../../../http/rate-limit/rate-limit.ts";
import { readBooking } from "../booking-rows.ts";
import { isCancelToken } from "../cancel-token.ts";
import type { Booking } from "../schema.ts";

/** How long after a booking its token still shows it. */
const TOKEN_DAYS = 30;

/**
 * The booking that a request names and carries the cancel token of. That there is no such booking looks like a wrong
 * token, in words and in time.
 * @throws AppError `unauthorized` without a token, `forbidden`, `token-expired`, `rate-limited` after many wrong ones.
 */
export function customersBooking({ db, path, request, now }: BodilessCall<{ id: string }, unknown>): Promise<Booking> {
  return limitRefusals(request, "cancel-token", async () => {
    const token = bearerToken(request);
    if (token === undefined) throw unauthorized("Authorization: Bearer <cancelToken>");
    const booking = await readBooking(db, path.id);
    const fits = isCancelToken(token, booking);
    if (booking === undefined || !fits)
      throw new AppError("forbidden", "expected the booking's cancel token, got another");
    if (now.getTime() >= booking.endsAt.getTime() + TOKEN_DAYS * 86_400_000) {
      throw new AppError(
        "token-expired",
        `expected a booking that ended at most ${TOKEN_DAYS} days ago, got an older one`,
      );
    }
    return booking;
  });
}
