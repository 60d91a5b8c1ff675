import { createHmac } from "node:crypto";
import * as z from "zod";
import { secretsEqual } from "../../http/bearer.ts";
import { id } from "../../http/fields.ts";

/** One-click unsubscribe (RFC 8058): a signed token in the link names the user; nobody has to sign in. */
const VALID_DAYS = 180;

/** The link that a token makes. */
export const unsubscribeUrl = (baseUrl: string, token: string): string =>
  `${baseUrl}/api/events/emails/unsubscribe?token=${token}`;

/** Whom the token of a mail unsubscribes, and until when: for 180 days from `from`, to which the mail belongs. */
export function unsubscribeClaim(userId: string, from: Date): string {
  const expires = Math.floor(from.getTime() / 1000) + VALID_DAYS * 86_400;
  return Buffer.from(JSON.stringify([userId, expires])).toString("base64url");
}

/** A claim with its signature. */
export const unsubscribeToken = (claim: string, secret: string): string => `${claim}.${signatureOf(claim, secret)}`;

export type VerifiedToken = { userId: string } | { reason: "malformed" | "wrong-signature" | "expired" };

/** A claim and its SHA-256 signature; the longest claim is that of an id of 128 characters, each escaped. */
const TOKEN = /^([\w-]{1,512})\.([\w-]{43})$/;

const claimShape = z.tuple([id, z.int().positive()]);

/** Whom a token unsubscribes, or why nobody; whatever is handed in, it never throws. It expires at its second. */
export function verifyUnsubscribeToken(token: string, secret: string, now: Date): VerifiedToken {
  const [, claim, signature] = TOKEN.exec(token) ?? [];
  if (claim === undefined || signature === undefined) return { reason: "malformed" };
  // The text is compared, not the bytes it stands for: base64 has several spellings of the same bytes.
  if (!secretsEqual(signature, signatureOf(claim, secret))) return { reason: "wrong-signature" };
  const parsed = claimShape.safeParse(jsonOf(Buffer.from(claim, "base64url").toString()));
  if (!parsed.success) return { reason: "malformed" };
  const [userId, expires] = parsed.data;
  return now.getTime() < expires * 1000 ? { userId } : { reason: "expired" };
}

function signatureOf(claim: string, secret: string): string {
  return createHmac("sha256", secret).update(`unsubscribe.${claim}`).digest("base64url");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
