import { createHmac } from "node:crypto";
import * as z from "zod";
import { secretsEqual } from "../../http/bearer.ts";
import { id } from "../../http/fields.ts";

/** One-click unsubscribe (RFC 8058): a signed token in the link identifies the user, who need not sign in. */
const VALID_DAYS = 180;

/** The unsubscribe link with a token. */
export const unsubscribeUrl = (baseUrl: string, token: string): string =>
  `${baseUrl}/api/events/emails/unsubscribe?token=${token}`;

/** The claim of a token: the user, and the end of its validity 180 days after `from`. */
export function unsubscribeClaim(userId: string, from: Date): string {
  const expires = Math.floor(from.getTime() / 1000) + VALID_DAYS * 86_400;
  return Buffer.from(JSON.stringify([userId, expires])).toString("base64url");
}

/** Signs a claim. */
export const unsubscribeToken = (claim: string, secret: string): string => `${claim}.${signatureOf(claim, secret)}`;

export type VerifiedToken = { userId: string } | { reason: "malformed" | "wrong-signature" | "expired" };

/** A claim and its SHA-256 signature. The longest claim holds an id of 128 characters, each escaped. */
const TOKEN = /^([\w-]{1,512})\.([\w-]{43})$/;

const claimShape = z.tuple([id, z.int().positive()]);

/** Verifies a token: the user, or why it is not valid. It never throws. A token is no longer valid at the second of its expiry. */
export function verifyUnsubscribeToken(token: string, secret: string, now: Date): VerifiedToken {
  const [, claim, signature] = TOKEN.exec(token) ?? [];
  if (claim === undefined || signature === undefined) return { reason: "malformed" };
  // Compares the text and not the decoded bytes: base64 can spell the same bytes in several ways.
  if (!secretsEqual(signature, signatureOf(claim, secret))) return { reason: "wrong-signature" };
  const parsed = claimShape.safeParse(parseJson(Buffer.from(claim, "base64url").toString()));
  if (!parsed.success) return { reason: "malformed" };
  const [userId, expires] = parsed.data;
  return now.getTime() < expires * 1000 ? { userId } : { reason: "expired" };
}

function signatureOf(claim: string, secret: string): string {
  return createHmac("sha256", secret).update(`unsubscribe.${claim}`).digest("base64url");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
