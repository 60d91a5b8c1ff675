import { codeOf as codeAt } from "../../dev/accounts/totp.ts";
import type { Db } from "../../lib/db/db.ts";
import { createInvitation } from "../../lib/operators/invitations.ts";
import type { Role } from "../../lib/operators/roles.ts";
import { ConsoleBrowser } from "../support/http/console-browser.ts";

/** Accounts of operators that are made as people make them, through the API. */

export const PASSWORD = "a long enough password";

/** The code that an authenticator app shows now. @param steps How many codes later: each can be used once. */
export const codeOf = (setupKey: string, steps = 0): string => codeAt(setupKey, Date.now(), steps);

export interface Account {
  email: string;
  secret: string;
  backupCodes: string[];
  /** The browser in which the account was made, signed in. */
  browser: ConsoleBrowser;
}

let made = 0;

/** The token of a new invitation. */
export async function invite(db: Db, role: Role, email: string, now = new Date()): Promise<string> {
  made += 1;
  const token = `the-token-of-invitation-${made}`;
  await createInvitation(db, { email, role, language: "en", invitedBy: null }, token, now);
  return token;
}

/** Accepts an invitation and sets up the second factor. The first code is one of the past, so that the present ones are unused. */
export async function addAccount(db: Db, role: Role, email = `${role}@club.example`): Promise<Account> {
  const browser = new ConsoleBrowser();
  const token = await invite(db, role, email);
  await browser.post("invitations/accept", { token, name: `The ${role}`, password: PASSWORD });
  const { body } = await browser.post<{ setupKey: string }>("second-factor", { password: PASSWORD });
  const confirmed = await browser.post<{ backupCodes: string[] }>("second-factor/confirm", {
    code: codeOf(body.setupKey, -1),
  });
  if (confirmed.status !== 200) throw new Error(`not confirmed: ${JSON.stringify(confirmed.body)}`);
  return { email, secret: body.setupKey, backupCodes: confirmed.body.backupCodes, browser };
}

/** Signs in with password and code in a browser. @param steps Which code: each can be used once. */
export async function signIn(account: Account, browser = new ConsoleBrowser(), steps = 0): Promise<ConsoleBrowser> {
  await browser.post("sign-in", { email: account.email, password: PASSWORD });
  const { status, body } = await browser.post("sign-in/second-factor", { code: codeOf(account.secret, steps) });
  if (status !== 200) throw new Error(`not signed in: ${JSON.stringify(body)}`);
  return browser;
}
