import { symmetricEncrypt } from "better-auth/crypto";
import { codeOf as codeAt, toBase32 } from "../../dev/accounts/totp.ts";
import type { Db } from "../../lib/db/db.ts";
import { authOn } from "../../lib/operators/auth.ts";
import type { Role } from "../../lib/operators/roles.ts";
import { operatorCredentials, operatorSecondFactors, operators } from "../../lib/operators/schema.ts";
import { ConsoleBrowser } from "../support/http/console-browser.ts";
import { CONSOLE_SECRET } from "./operators.ts";

/** Accounts of operators who can sign in: with a password, a second factor and backup codes. */

export const PASSWORD = "a long enough password";
const SECRET = "the-secret-of-an-authenticator-x";
export const BACKUP_CODES = ["aaaaa-11111", "bbbbb-22222"];

/** The code that the accounts' authenticator app shows now. @param steps How many codes later: each can be used once. */
export const codeOf = (steps = 0, setupKey = toBase32(Buffer.from(SECRET))): string =>
  codeAt(setupKey, Date.now(), steps);

let passwordHash: Promise<string> | undefined;

export async function addAccount(db: Db, role: Role, id: string = role): Promise<string> {
  const { password, secretConfig: key } = await authOn(db, { secret: CONSOLE_SECRET, isSecure: true }).$context;
  passwordHash ??= password.hash(PASSWORD); // the slow part, the same for all
  const now = new Date();
  const dates = { createdAt: now, updatedAt: now };
  const email = `${id}@club.example`;
  await db
    .insert(operators)
    .values({ id, name: `Name of ${id}`, email, role, language: "en", twoFactorEnabled: true, ...dates });
  const hash = await passwordHash;
  await db
    .insert(operatorCredentials)
    .values({ id, accountId: id, providerId: "credential", userId: id, password: hash, ...dates });
  await db.insert(operatorSecondFactors).values({
    id,
    userId: id,
    secret: await symmetricEncrypt({ key, data: SECRET }),
    backupCodes: await symmetricEncrypt({ key, data: JSON.stringify(BACKUP_CODES) }),
  });
  return email;
}

/** Sends the password; the second factor is still missing. */
export const sendPassword = (email: string, browser = new ConsoleBrowser(), password = PASSWORD) =>
  browser.post("sign-in", { email, password });

/** Signs in with password and code. @param steps Which code: each can be used once. */
export async function signIn(email: string, steps = 0, body: { trustDevice?: boolean } = {}): Promise<ConsoleBrowser> {
  const browser = new ConsoleBrowser();
  await sendPassword(email, browser);
  const answer = await browser.post("sign-in/second-factor", { code: codeOf(steps), ...body });
  if (answer.status !== 200) throw new Error(`not signed in: ${JSON.stringify(answer.body)}`);
  return browser;
}

/** Whether a browser is signed in. */
export const isSignedIn = async (browser: ConsoleBrowser): Promise<boolean> =>
  (await browser.get("sessions")).status === 200;
