import * as z from "zod";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { AppError, fieldError } from "../../errors.ts";
import { inBackground } from "../../http/background.ts";
import { operation, Reply } from "../../http/operation.ts";
import { log } from "../../log.ts";
import { makeLinkToken, operatorSeed } from "../../mail/queue/link-token.ts";
import { endSessions, findAccount, forgetResetLinks } from "../../operators/accounts.ts";
import { beginAttempt } from "../../operators/attempts.ts";
import { linkExpired } from "../../operators/invitations.ts";
import { isAddressAsPassword, RESET_LINK_MS } from "../../operators/password.ts";
import { accountHolders, visitors } from "./account-access.ts";
import { recordByOperator } from "./account-audit.ts";
import { accountEmail, DONE, done, linkToken, newPassword, password } from "./fields.ts";
import { mailReset } from "./messages/account-mails.ts";
import {
  answerOf,
  COOKIE_HEADERS,
  headersFor,
  openAuth,
  requireConsoleSecret,
  sessionSetBy,
  settingCookies,
} from "./open-auth.ts";
import { wrongPassword } from "./second-factor-operations.ts";

/** Passwords: how an operator changes theirs, and how they get a new one if they have forgotten it. */

export const changePassword = operation({
  id: "changePassword",
  method: "POST",
  path: "/api/auth/account/password",
  access: accountHolders,
  summary: "Changes the operator's password.",
  description:
    "The session continues under a new cookie; all others of the account end, and no browser is trusted any more.",
  body: z
    .strictObject({ currentPassword: password, newPassword })
    .meta({ id: "PasswordChange", description: "The present password and the new one." }),
  responses: {
    200: { description: "The new password is valid.", schema: done, headers: COOKIE_HEADERS },
    422: "The present password is wrong (`wrong-credentials`), or the new one is not allowed.",
  },
  handle: async ({ db, body, caller, request, now }) => {
    const { id, email } = caller.session.operator;
    requireOtherThanAddress("newPassword", body.newPassword, email);
    const auth = await openAuth(db, request);
    const attempt = await beginAttempt(db, requireConsoleSecret(), "password", email, now);
    const answer = await answerOf(
      auth.api.changePassword({
        body: { ...body, revokeOtherSessions: true },
        headers: headersFor(request),
        returnHeaders: true,
      }),
    );
    if (answer.refused !== undefined) throw wrongPassword("currentPassword");
    await attempt.succeed();
    const present = await sessionSetBy(db, answer.cookies, request, now);
    await endSessions(db, id, present?.id);
    await forgetResetLinks(db, id);
    return new Reply(200, DONE, settingCookies(answer.cookies));
  },
});

/** @throws AppError `invalid-body` (422). */
export function requireOtherThanAddress(field: string, password: string, email: string): void {
  if (!isAddressAsPassword(password, email)) return;
  throw fieldError("invalid-body", { field, expected: "a password other than the e-mail address", got: "the address" });
}

export const requestPasswordReset = operation({
  id: "requestPasswordReset",
  method: "POST",
  path: "/api/auth/password-reset",
  access: visitors,
  summary: "Sends an operator the link with which they set a new password.",
  description:
    "The answer is the same, and as fast, for every address. The link is valid for 30 minutes, once; a newer one replaces it.",
  body: z
    .strictObject({ email: accountEmail })
    .meta({ id: "PasswordResetRequest", description: "The address of the account." }),
  responses: { 200: { description: "If the address has an account, the mail is on its way.", schema: done } },
  handle: async ({ db, body, request, now }) => {
    requireConsoleSecret();
    // Counting takes the same for every address, and fails if nothing could be sent because the database is away.
    const isTooOften = await isAskedTooOften(db, body.email, now);
    if (!isTooOften) inBackground(sendResetLink(db, body.email, request, now));
    return DONE;
  },
});

async function sendResetLink(db: Db, email: string, request: Request, now: Date): Promise<void> {
  const base = baseOfMails(request);
  if (base === undefined) {
    log("warn", "reset_link_without_base", { expected: "EVENTS_BASE_URL" });
    return;
  }
  const account = await findAccount(db, { email });
  if (account === undefined || account.disabledAt !== null) return;
  const seed = operatorSeed();
  await forgetResetLinks(db, account.id);
  const { internalAdapter } = await (await openAuth(db, request)).$context;
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${makeLinkToken(seed)}`,
    value: account.id,
    expiresAt: new Date(now.getTime() + RESET_LINK_MS),
  });
  await mailReset(db, account, base, seed, now);
}

/** Strangers can have mails sent to an operator, so that there is a limit. The answer must not say so. */
async function isAskedTooOften(db: Db, email: string, now: Date): Promise<boolean> {
  try {
    await beginAttempt(db, requireConsoleSecret(), "reset-mail", email, now);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate-limited") return true;
    throw error;
  }
}

/**
 * The address in links that strangers can have sent. It is not taken from the request, whose host a stranger can make up, except on the
 * platform, which knows its own hosts.
 */
function baseOfMails(request: Request): string | undefined {
  const { baseUrl, onVercel } = config();
  return baseUrl ?? (onVercel ? new URL(request.url).origin : undefined);
}

export const resetPassword = operation({
  id: "resetPassword",
  method: "POST",
  path: "/api/auth/password-reset/confirm",
  access: visitors,
  summary: "Sets a new password with the link from a mail.",
  description: "All sessions of the account end. The second factor stays.",
  body: z
    .strictObject({ token: linkToken, password: newPassword })
    .meta({ id: "PasswordReset", description: "The token of the link, and the new password." }),
  responses: {
    200: { description: "The new password is valid; sign in with it.", schema: done },
    410: "The link was used, has expired or was replaced by a newer one (`link-expired`).",
    422: "The password is not allowed.",
  },
  handle: async ({ db, body, request, now }) => {
    const auth = await openAuth(db, request);
    const { internalAdapter } = await auth.$context;
    const link = await internalAdapter.findVerificationValue(`reset-password:${body.token}`);
    const account = link && link.expiresAt > now ? await findAccount(db, { id: link.value }) : undefined;
    if (account === undefined || account.disabledAt !== null) throw linkExpired();
    requireOtherThanAddress("password", body.password, account.email);
    const answer = await answerOf(
      auth.api.resetPassword({
        body: { token: body.token, newPassword: body.password },
        headers: headersFor(request),
        returnHeaders: true,
      }),
    );
    if (answer.refused !== undefined) throw linkExpired();
    await endSessions(db, account.id);
    await recordByOperator(db, account, "resetPassword", now);
    return DONE;
  },
});
