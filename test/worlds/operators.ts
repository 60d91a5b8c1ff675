import { createHmac } from "node:crypto";
import type { Db } from "../../lib/db/db.ts";
import { sha256 } from "../../lib/hash.ts";
import { ROLES, type Role } from "../../lib/operators/roles.ts";
import { apiTokens, operatorSessions, operators } from "../../lib/operators/schema.ts";
import { sessionCookie } from "../../lib/operators/session.ts";

/** Operators who are signed in, and API tokens, of every role. */

export const CONSOLE_SECRET = "the-secret-of-the-sessions-of-the-tests";

const YEAR_MS = 365 * 86_400_000;

export type NewOperator = Partial<typeof operators.$inferInsert> & { role: Role };

/** Adds an operator with a session. @param session Other than one that lasts. */
export async function addOperator(
  db: Db,
  { id = "operator", ...operator }: NewOperator,
  session: Partial<typeof operatorSessions.$inferInsert> = {},
): Promise<void> {
  const now = new Date();
  const dates = { createdAt: now, updatedAt: now };
  await db
    .insert(operators)
    .values({ id, name: `Name of ${id}`, email: `${id}@club.example`, twoFactorEnabled: true, ...dates, ...operator });
  const expiresAt = new Date(Number(now) + YEAR_MS);
  await db
    .insert(operatorSessions)
    .values({ id: `session of ${id}`, userId: id, token: sessionTokenOf(id), expiresAt, ...dates, ...session });
}

const sessionTokenOf = (id: string): string => `session-token-of-${id}`;

/** The `Cookie` header of an operator's session, as better-auth signs it. */
export function cookieOf(id: string, { isSecure = true, secret = CONSOLE_SECRET } = {}): string {
  const token = sessionTokenOf(id);
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return `${sessionCookie(isSecure)}=${encodeURIComponent(`${token}.${signature}`)}`;
}

export const apiTokenOf = (name: string): string => `twk_api_token-of-${name}`;

export async function addApiToken(
  db: Db,
  { name, role, ...other }: Partial<typeof apiTokens.$inferInsert> & { name: string; role: Role },
): Promise<void> {
  const tokenHash = sha256(apiTokenOf(name));
  await db.insert(apiTokens).values({ name, role, tokenHash, hint: name.slice(-4), createdAt: new Date(), ...other });
}

/** The operators and API tokens that may not come in. */
export const SHUT_OUT = { operators: ["disabled", "expired"], tokens: ["revoked", "expired"] } as const;

/** Of each role an operator and an API token, named like it, and those of `SHUT_OUT`. */
export async function addOperators(db: Db): Promise<void> {
  const past = new Date(Date.now() - 1000);
  for (const role of ROLES) {
    await addOperator(db, { id: role, role });
    await addApiToken(db, { name: role, role });
  }
  await addOperator(db, { id: "admin-elsewhere", role: "admin" });
  await addOperator(db, { id: "without-second-factor", role: "admin", twoFactorEnabled: false });
  await addOperator(db, { id: "disabled", role: "admin", disabledAt: past });
  await addOperator(db, { id: "expired", role: "admin" }, { expiresAt: past });
  await addApiToken(db, { name: "revoked", role: "admin", revokedAt: past });
  await addApiToken(db, { name: "expired", role: "admin", expiresAt: past });
}
