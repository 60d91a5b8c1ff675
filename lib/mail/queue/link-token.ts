import { createHmac, randomBytes } from "node:crypto";
import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { unsubscribeToken } from "../unsubscribe/token.ts";

/**
 * Stands for the token in the links of a queued mail. The queue stores no tokens, since a token gives access: it stores the
 * seed, which is useless without this deployment's secret. The token is made when the mail is sent.
 */
export const TOKEN_PLACEHOLDER = "-token-is-inserted-when-sent-";

/** What a token is made from: a booking's id and salt, the claim of an unsubscribe link, or a random text for an operator. */
export type TokenSeed = `booking:${string}` | `unsubscribe:${string}` | `operator:${string}`;

/** The seed of a booking's token. */
export const bookingSeed = (id: string, salt: string): TokenSeed => `booking:${id}.${salt}`;

/** The seed of a link that only one operator gets, such as an invitation. */
export const operatorSeed = (): TokenSeed => `operator:${randomBytes(32).toString("base64url")}`;

/**
 * Whether there is a secret for booking tokens: `EMAIL_PREFERENCES_SECRET`, otherwise `CRON_SECRET`, without which no mail
 * is sent. One secret can serve several purposes because the purpose is signed too.
 */
export const canMakeTokens = (): boolean => bookingSecret() !== undefined;

const bookingSecret = (): string | undefined => config().mail.preferencesSecret ?? config().cronSecret;

/** Makes the token of a seed with the current secret. @throws AppError `not-configured` if there is no secret. */
export function makeLinkToken(seed: TokenSeed): string {
  if (seed.startsWith("unsubscribe:")) {
    return unsubscribeToken(seed.slice("unsubscribe:".length), required(config().mail.preferencesSecret));
  }
  const secret = seed.startsWith("operator:")
    ? required(config().consoleSecret, "CONSOLE_SECRET")
    : required(bookingSecret());
  return createHmac("sha256", secret).update(seed).digest("base64url");
}

function required(secret: string | undefined, setting = "EMAIL_PREFERENCES_SECRET"): string {
  if (secret !== undefined) return secret;
  throw new AppError("not-configured", `${setting}: expected a secret for the links in mails, got none`);
}

/** Replaces the placeholder in the texts of a mail by its token. @throws AppError `not-configured` if there is no secret. */
export function insertLinkToken<
  M extends { text: string; html: string; unsubscribeUrl: string | null; tokenSeed: string | null },
>(mail: M): M {
  const { tokenSeed, text, html, unsubscribeUrl } = mail;
  if (tokenSeed === null) return mail;
  const token = makeLinkToken(tokenSeed as TokenSeed);
  const insert = (part: string): string => part.replaceAll(TOKEN_PLACEHOLDER, token);
  return {
    ...mail,
    text: insert(text),
    html: insert(html),
    unsubscribeUrl: unsubscribeUrl === null ? null : insert(unsubscribeUrl),
  };
}
