import { createHmac } from "node:crypto";

/** One-click unsubscribe (RFC 8058): a signed token in the link names the user; nobody has to sign in. */
const VALID_DAYS = 180;

/** The link of a mail that belongs to `from`; it holds for 180 days from then, whenever it is made. */
export function unsubscribeUrl(baseUrl: string, secret: string, userId: string, from: Date): string {
  const expires = Math.floor(from.getTime() / 1000) + VALID_DAYS * 86_400;
  const claim = Buffer.from(JSON.stringify([userId, expires])).toString("base64url");
  const signature = createHmac("sha256", secret).update(`unsubscribe.${claim}`).digest("base64url");
  return `${baseUrl}/api/events/emails/unsubscribe?token=${claim}.${signature}`;
}
