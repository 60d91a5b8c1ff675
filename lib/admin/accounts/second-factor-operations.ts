import * as z from "zod";
import { AppError } from "../../errors.ts";
import { operation, Reply } from "../../http/operation.ts";
import { endSessions } from "../../operators/accounts.ts";
import { beginAttempt, takeCode } from "../../operators/attempts.ts";
import { type AccountCaller, accountHolders, newAccountHolders } from "./account-access.ts";
import { clubName } from "./club.ts";
import { backupCodes, code, password } from "./fields.ts";
import {
  answerOf,
  COOKIE_HEADERS,
  headersFor,
  openAuth,
  requireConsoleSecret,
  sessionSetBy,
  settingCookies,
} from "./open-auth.ts";
import { wrongCode } from "./sign-in-operations.ts";

/** Setting up the second factor, without which a session may do nothing else, and its backup codes. */

const passwordBody = z.strictObject({ password }).meta({
  id: "PasswordConfirmation",
  description: "The operator's password, because someone else may sit at their screen.",
});

const WRONG_PASSWORD = "The password is wrong (`wrong-credentials`).";

export const startSecondFactor = operation({
  id: "startSecondFactor",
  method: "POST",
  path: "/api/auth/second-factor",
  access: newAccountHolders,
  summary: "Begins to set up a second factor: returns the secret for the authenticator app.",
  description:
    "It counts once `confirmSecondFactor` has got a code. Until then it can be begun again, with a new secret.",
  body: passwordBody,
  responses: {
    200: {
      description: "What the app needs.",
      schema: z
        .object({
          uri: z.string().meta({
            description: "For a QR code.",
            examples: ["otpauth://totp/Taktwerk:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Taktwerk"],
          }),
          setupKey: z.string().meta({ description: "The same to be typed in.", examples: ["JBSWY3DPEHPK3PXP"] }),
        })
        .meta({ id: "SecondFactorSetUp", description: "The secret of the new second factor." }),
    },
    409: "The account has a second factor already.",
    422: WRONG_PASSWORD,
  },
  handle: async ({ db, body, caller, request, now }) => {
    if (caller.session.hasSecondFactor) throw new AppError("conflict", "This account has a second factor already.");
    const auth = await openAuth(db, request);
    const attempt = await beginAttempt(db, requireConsoleSecret(), "password", emailOf(caller), now);
    const answer = await answerOf(
      auth.api.enableTwoFactor({
        body: { password: body.password, issuer: clubName(), method: "totp" },
        headers: headersFor(request),
        returnHeaders: true,
      }),
    );
    if (answer.refused !== undefined || !("totpURI" in answer.value)) throw wrongPassword("password");
    await attempt.succeed();
    const { totpURI: uri } = answer.value;
    return { uri, setupKey: new URL(uri).searchParams.get("secret") ?? "" };
  },
});

export const confirmSecondFactor = operation({
  id: "confirmSecondFactor",
  method: "POST",
  path: "/api/auth/second-factor/confirm",
  access: newAccountHolders,
  summary: "Completes the second factor with a first code of the app, and returns the backup codes.",
  description:
    "The session continues under a new cookie; all others of the account end, because they had no second factor.",
  body: z.strictObject({ code }).meta({ id: "FirstCode", description: "A code that the app shows." }),
  responses: {
    200: { description: "The codes for when the app is not at hand.", schema: backupCodes, headers: COOKIE_HEADERS },
    409: "The account has a second factor already, or none was begun.",
    422: "The code is wrong (`wrong-code`).",
  },
  handle: async ({ db, body, caller, request, now }) => {
    if (caller.session.hasSecondFactor) throw new AppError("conflict", "This account has a second factor already.");
    const auth = await openAuth(db, request);
    const { id } = caller.session.operator;
    const attempt = await beginAttempt(db, requireConsoleSecret(), "second-factor", id, now);
    const answer = await answerOf(
      auth.api.verifyTOTP({ body: { code: body.code }, headers: headersFor(request), returnHeaders: true }),
    );
    if (answer.refused === "TOTP_NOT_ENABLED") throw new AppError("conflict", "Begin with startSecondFactor.");
    if (answer.refused !== undefined) throw wrongCode();
    await attempt.succeed();
    await takeCode(db, requireConsoleSecret(), id, body.code, now);
    const present = await sessionSetBy(db, answer.cookies, request, now);
    await endSessions(db, id, present?.id);
    const codes = await auth.api.viewBackupCodes({ body: { userId: id } });
    return new Reply(200, { backupCodes: codes.backupCodes }, settingCookies(answer.cookies));
  },
});

export const renewBackupCodes = operation({
  id: "renewBackupCodes",
  method: "POST",
  path: "/api/auth/backup-codes",
  access: accountHolders,
  summary: "Replaces the backup codes by new ones.",
  body: passwordBody,
  responses: {
    200: { description: "The new codes; the earlier ones are void.", schema: backupCodes },
    422: WRONG_PASSWORD,
  },
  handle: async ({ db, body, caller, request, now }) => {
    const auth = await openAuth(db, request);
    const attempt = await beginAttempt(db, requireConsoleSecret(), "password", emailOf(caller), now);
    const answer = await answerOf(
      auth.api.generateBackupCodes({ body, headers: headersFor(request), returnHeaders: true }),
    );
    if (answer.refused !== undefined) throw wrongPassword("password");
    await attempt.succeed();
    return { backupCodes: answer.value.backupCodes };
  },
});

const emailOf = ({ session }: AccountCaller): string => session.operator.email;

/** The error for the wrong password of an operator who is signed in. */
export function wrongPassword(field: string): AppError {
  const detail = { field, expected: "the present password", got: "another one" };
  return new AppError("wrong-credentials", `${field}: expected the present password, got another one`, { detail });
}
