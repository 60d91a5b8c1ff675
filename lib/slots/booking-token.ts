import { createHash, createHmac, randomBytes } from "node:crypto";

/** What the database knows of a key or a token: its SHA-256, in hex. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What tells the bookings of one Idempotency-Key, should one ever come again, apart. */
export const newTokenSalt = (): string => randomBytes(32).toString("base64url");

/**
 * The cancel token of a booking: HMAC-SHA256 of the Idempotency-Key under the row's salt, in base64url. A replay makes
 * it again, while nothing that is stored gives it away.
 */
export function cancelTokenOf(salt: string, idempotencyKey: string): string {
  return createHmac("sha256", salt).update(idempotencyKey).digest("base64url");
}
