import { createHmac } from "node:crypto";
import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { unsubscribeToken } from "../unsubscribe/token.ts";

/**
 * Links in mails hold tokens that open something to who has them, so none waits in the queue: in its place stands a
 * placeholder, and beside the mail the seed of its token, which is worth nothing without the secret of this deployment.
 * The token is made when the mail is sent.
 */
export const TOKEN_PLACEHOLDER = "-token-is-inserted-when-sent-";

/** Whose token a mail's links hold: a booking's, by its id and salt, or that of an unsubscription, by its claim. */
export type TokenSeed = `booking:${string}` | `unsubscribe:${string}`;

/** The seed of a booking's token. */
export const bookingSeed = (id: string, salt: string): TokenSeed => `booking:${id}.${salt}`;

/**
 * Whether there is a secret to make tokens of bookings with: that of the links in mails, or else that of crons, without which
 * no mail is sent. Each purpose has keys of its own, since the purpose is signed as well.
 */
export const canMakeTokens = (): boolean => bookingSecret() !== undefined;

const bookingSecret = (): string | undefined => config().mail.preferencesSecret ?? config().cronSecret;

/** The token that belongs to a seed under today's secret. @throws AppError `not-configured` where there is no secret. */
export function tokenOf(seed: TokenSeed): string {
  if (seed.startsWith("unsubscribe:")) {
    return unsubscribeToken(seed.slice("unsubscribe:".length), required(config().mail.preferencesSecret));
  }
  return createHmac("sha256", required(bookingSecret())).update(seed).digest("base64url");
}

function required(secret: string | undefined): string {
  if (secret !== undefined) return secret;
  throw new AppError("not-configured", "EMAIL_PREFERENCES_SECRET: expected a secret for the links in mails, got none");
}

/** The texts of a mail with the token in its links. */
export function withToken<
  M extends { text: string; html: string; unsubscribeUrl: string | null; tokenSeed: string | null },
>(mail: M): M {
  const { tokenSeed, text, html, unsubscribeUrl } = mail;
  if (tokenSeed === null) return mail;
  const token = tokenOf(tokenSeed as TokenSeed);
  const insert = (written: string): string => written.replaceAll(TOKEN_PLACEHOLDER, token);
  return {
    ...mail,
    text: insert(text),
    html: insert(html),
    unsubscribeUrl: unsubscribeUrl === null ? null : insert(unsubscribeUrl),
  };
}
