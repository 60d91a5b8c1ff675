import * as z from "zod";
import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { sessionOf } from "../../http/caller.ts";
import { operation, Reply } from "../../http/operation.ts";
import { endSession, findAccount, type OperatorAccount } from "../../operators/accounts.ts";
import { beginAttempt, takeCode } from "../../operators/attempts.ts";
import type { Auth } from "../../operators/auth.ts";
import { visitors } from "./account-access.ts";
import { recordByOperator, recordLock } from "./account-audit.ts";
import { accountEmail, code, DONE, done, password } from "./fields.ts";
import {
  type AuthAnswer,
  answerOf,
  COOKIE_HEADERS,
  headersWithoutSession,
  openAuth,
  pendingOperatorId,
  requireConsoleSecret,
  settingCookies,
} from "./open-auth.ts";

/** Signing in: first the password, then the second factor. */

const signInStep = z
  .object({
    next: z.enum(["second-factor", "set-up-second-factor", "signed-in"]).meta({
      description:
        "`second-factor`: a code is missing. `set-up-second-factor`: the session may only set one up. `signed-in`: this browser is trusted.",
    }),
  })
  .meta({ id: "SignInStep", description: "What follows the password." });

const LOCKED = "5 tries have failed within 15 minutes. Until `Retry-After` the right one is refused too.";

export const signIn = operation({
  id: "signIn",
  method: "POST",
  path: "/api/auth/sign-in",
  access: visitors,
  summary: "Signs an operator in with e-mail address and password.",
  description: "A wrong password, an unknown address and a disabled account get the same answer.",
  body: z
    .strictObject({ email: accountEmail, password })
    .meta({ id: "SignInRequest", description: "What the operator entered." }),
  responses: {
    200: { description: "The password is right.", schema: signInStep, headers: COOKIE_HEADERS },
    422: "Address or password is wrong (`wrong-credentials`).",
    429: LOCKED,
  },
  handle: async ({ db, body, request, now }) => {
    const auth = await openAuth(db, request);
    const attempt = await beginAttempt(db, requireConsoleSecret(), "password", body.email, now);
    const answer = await answerOf(
      auth.api.signInEmail({ body, headers: headersWithoutSession(request), returnHeaders: true }),
    );
    const account = answer.refused === undefined ? await accountOf(db, body.email, answer) : undefined;
    if (answer.refused !== undefined || account === undefined) {
      if (attempt.isLast) recordLock(db, "signIn", "password", { email: body.email }, now);
      throw new AppError("wrong-credentials", "The e-mail address or the password is wrong.");
    }
    await attempt.succeed();
    await endSessionBefore(db, request, now);
    const cookies = settingCookies(answer.cookies);
    if (tokenIn(answer.value) === undefined) return new Reply(200, { next: "second-factor" as const }, cookies);
    await recordByOperator(db, account, "signIn", now);
    const next = account.hasSecondFactor ? ("signed-in" as const) : ("set-up-second-factor" as const);
    return new Reply(200, { next }, cookies);
  },
});

type SignedIn = Awaited<ReturnType<Auth["api"]["signInEmail"]>>;

/** The token of the session that a sign-in has made; none while it waits for a second factor. */
const tokenIn = (value: SignedIn): string | undefined => ("token" in value ? value.token : undefined);

/**
 * The account that a right password belongs to. It may have been disabled, or have got a second factor, after the library read it; its
 * new session ends then.
 */
async function accountOf(
  db: Db,
  email: string,
  { value, cookies }: { value: SignedIn; cookies: string[] },
): Promise<OperatorAccount | undefined> {
  const account = await findAccount(db, { email });
  if (account === undefined || account.disabledAt !== null) return undefined;
  const token = tokenIn(value);
  const isTrusted = cookies.some((cookie) => /taktwerk\.trust_device=[^;]/.test(cookie));
  if (token === undefined || !account.hasSecondFactor || isTrusted) return account;
  await endSession(db, { token });
  return undefined;
}

/** A browser that signs in anew has no use for its earlier session. */
async function endSessionBefore(db: Db, request: Request, now: Date): Promise<void> {
  const before = await sessionOf(request, now);
  if (before !== undefined) await endSession(db, { id: before.id, operatorId: before.operator.id });
}

const trustDevice = z.boolean({ error: "true or false" }).default(false).meta({
  description: "Whether this browser needs no code for 30 days.",
});

export const verifySecondFactor = operation({
  id: "verifySecondFactor",
  method: "POST",
  path: "/api/auth/sign-in/second-factor",
  access: visitors,
  summary: "Completes a sign-in with a code of the authenticator app.",
  description: "A code can be used once.",
  body: z
    .strictObject({ code, trustDevice })
    .meta({ id: "SecondFactorCode", description: "The code, and whether to remember the browser." }),
  responses: {
    200: { description: "The operator is signed in.", schema: done, headers: COOKIE_HEADERS },
    410: "The sign-in has expired: start again with the password (`sign-in-expired`).",
    422: "The code is wrong or was used before (`wrong-code`).",
    429: LOCKED,
  },
  handle: ({ db, body, request, now }) =>
    completeSignIn({ db, request, now, operation: "verifySecondFactor" }, async (auth, operatorId) =>
      (await takeCode(db, requireConsoleSecret(), operatorId, body.code, now))
        ? answerOf(auth.api.verifyTOTP({ body, headers: headersWithoutSession(request), returnHeaders: true }))
        : CODE_USED,
    ),
});

const CODE_USED = { refused: "INVALID_CODE", cookies: [] };

export const useBackupCode = operation({
  id: "useBackupCode",
  method: "POST",
  path: "/api/auth/sign-in/backup-code",
  access: visitors,
  summary: "Completes a sign-in with a backup code, which is then used up.",
  body: z
    .strictObject({
      code: z
        .string({ error: "a backup code" })
        .trim()
        .regex(/^[a-zA-Z0-9]{5}-[a-zA-Z0-9]{5}$/, { error: "a backup code such as a1B2c-d3E4f" })
        .meta({ examples: ["a1B2c-d3E4f"] }),
    })
    .meta({ id: "BackupCode", description: "One of the codes that the operator has kept." }),
  responses: {
    200: { description: "The operator is signed in.", schema: done, headers: COOKIE_HEADERS },
    410: "The sign-in has expired: start again with the password (`sign-in-expired`).",
    422: "The code is wrong or was used before (`wrong-code`).",
    429: LOCKED,
  },
  handle: ({ db, body, request, now }) =>
    completeSignIn({ db, request, now, operation: "useBackupCode" }, (auth) =>
      answerOf(auth.api.verifyBackupCode({ body, headers: headersWithoutSession(request), returnHeaders: true })),
    ),
});

interface SignInCall {
  db: Db;
  request: Request;
  now: Date;
  /** The id of the operation, for the audit log. */
  operation: string;
}

/** Completes the sign-in that the request's cookie names. Codes of the app and backup codes share one count of failed tries. */
async function completeSignIn(
  { db, request, now, operation }: SignInCall,
  verify: (auth: Auth, operatorId: string) => Promise<AuthAnswer<unknown>>,
) {
  const auth = await openAuth(db, request);
  const operatorId = await pendingOperatorId(auth, request, now);
  const account = operatorId === undefined ? undefined : await findAccount(db, { id: operatorId });
  if (account === undefined || account.disabledAt !== null) throw signInExpired();
  const attempt = await beginAttempt(db, requireConsoleSecret(), "second-factor", account.id, now);
  const answer = await verify(auth, account.id);
  if (answer.refused !== undefined) {
    if (attempt.isLast) recordLock(db, operation, "second-factor", { id: account.id }, now);
    throw WRONG_CODE.has(answer.refused) ? wrongCode() : signInExpired();
  }
  await attempt.succeed();
  await endSessionBefore(db, request, now);
  await recordByOperator(db, account, operation, now);
  return new Reply(200, DONE, settingCookies(answer.cookies));
}

const WRONG_CODE = new Set(["INVALID_CODE", "INVALID_BACKUP_CODE"]);

const signInExpired = () => new AppError("sign-in-expired", "The sign-in has expired. Start again with the password.");

export const wrongCode = () => new AppError("wrong-code", "The code is wrong, or it was used before.");
