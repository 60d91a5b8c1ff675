import { createHmac, randomBytes } from "node:crypto";
import { sha256 } from "../../hash.ts";
import { secretsEqual } from "../../http/bearer.ts";
import { bookingSeed, canMakeTokens, makeLinkToken } from "../../mail/queue/link-token.ts";
import type { Booking } from "./schema.ts";

/** SHA-256 in hex, the form in which the database stores keys and tokens. */

/** Makes a random salt, so that two bookings never share a token even if an Idempotency-Key or id repeats. */
export const newTokenSalt = (): string => randomBytes(32).toString("base64url");

/** The columns of a booking that its token depends on. */
type TokenRow = Pick<Booking, "id" | "tokenSalt" | "cancelTokenHash">;

/**
 * Derives the cancel token of a new booking from the deployment's secret. Mails derive it again when they are sent
 * (mail/queue/link-token.ts). Without a secret, the token is derived from the Idempotency-Key, and mails have no link.
 */
export const newCancelToken = (id: string, salt: string, idempotencyKey: string): string =>
  canMakeTokens() ? makeLinkToken(bookingSeed(id, salt)) : tokenFromKey(salt, idempotencyKey);

/** Returns the token for a repeated request: the original one, or a valid new one if the secret has changed since. */
export function replayedToken({ id, tokenSalt, cancelTokenHash }: TokenRow, idempotencyKey: string): string {
  const fromKey = tokenFromKey(tokenSalt, idempotencyKey);
  return secretsEqual(sha256(fromKey), cancelTokenHash) ? fromKey : newCancelToken(id, tokenSalt, idempotencyKey);
}

/**
 * Whether a token belongs to a booking. Two tokens do: the original one, whose hash is stored and stays valid when the
 * secret changes, and the one in mails sent with the present secret. A forgotten booking has no valid token. The
 * comparison takes the same time for an unknown booking.
 */
export function isCancelToken(token: string, booking: TokenRow | undefined): boolean {
  const { id = "", tokenSalt = "", cancelTokenHash = "" } = booking ?? {};
  const isOriginal = secretsEqual(sha256(token), cancelTokenHash);
  const isPresent = canMakeTokens() && secretsEqual(token, makeLinkToken(bookingSeed(id, tokenSalt)));
  return isOriginal || (isPresent && tokenSalt !== "");
}

/** HMAC-SHA256 of the Idempotency-Key under the salt. Earlier releases made all tokens this way. */
function tokenFromKey(salt: string, idempotencyKey: string): string {
  return createHmac("sha256", salt).update(idempotencyKey).digest("base64url");
}
