import { createHash, createHmac, randomBytes } from "node:crypto";
import { secretsEqual } from "../../http/bearer.ts";
import { bookingSeed, canMakeTokens, makeLinkToken } from "../../mail/queue/link-token.ts";
import type { Booking } from "./schema.ts";

/** What the database knows of a key or a token: its SHA-256, in hex. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Keeps the tokens of different bookings apart, should an Idempotency-Key or an id ever come again. */
export const newTokenSalt = (): string => randomBytes(32).toString("base64url");

/** The row of a booking as far as its token goes. */
type TokenRow = Pick<Booking, "id" | "tokenSalt" | "cancelTokenHash">;

/**
 * The cancel token of a new booking, which mails make again when they are sent (link-token.ts). A deployment without any
 * secret makes it of the Idempotency-Key, and its mails have no link.
 */
export const newCancelToken = (id: string, salt: string, idempotencyKey: string): string =>
  canMakeTokens() ? makeLinkToken(bookingSeed(id, salt)) : tokenOfKey(salt, idempotencyKey);

/** The token that a replay of the request answers: the first one, or where the secret has changed since one that holds too. */
export function replayedToken({ id, tokenSalt, cancelTokenHash }: TokenRow, idempotencyKey: string): string {
  const ofKey = tokenOfKey(tokenSalt, idempotencyKey);
  return secretsEqual(sha256(ofKey), cancelTokenHash) ? ofKey : newCancelToken(id, tokenSalt, idempotencyKey);
}

/**
 * Whether a token is the booking's: the one that it was made with, whose hash is stored and holds whatever becomes of the
 * secret, or the one that mails are sent with today. A forgotten booking has neither.
 */
export function isCancelToken(token: string, booking: TokenRow | undefined): boolean {
  const { id = "", tokenSalt = "", cancelTokenHash = "" } = booking ?? {};
  const first = secretsEqual(sha256(token), cancelTokenHash);
  const today = canMakeTokens() && secretsEqual(token, makeLinkToken(bookingSeed(id, tokenSalt)));
  return first || (today && tokenSalt !== "");
}

/** HMAC-SHA256 of the Idempotency-Key under the row's salt: so all tokens were made before mails made theirs when sent. */
function tokenOfKey(salt: string, idempotencyKey: string): string {
  return createHmac("sha256", salt).update(idempotencyKey).digest("base64url");
}
