import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows, transact, type WithInstants, withInstants } from "../db/db.ts";
import { takeLock } from "../db/locks.ts";
import { AppError } from "../errors.ts";
import type { Language } from "../users/languages.ts";
import type { Role } from "./roles.ts";

interface StoredAccount {
  id: string;
  name: string;
  email: string;
  role: Role;
  language: Language;
  hasSecondFactor: boolean;
  createdAt: string;
  /** Since when the account cannot sign in. */
  disabledAt: string | null;
  /** When a session of theirs began or was extended last, to the day. */
  lastSeenAt: string | null;
}

export type OperatorAccount = WithInstants<StoredAccount, "createdAt" | "disabledAt" | "lastSeenAt">;

export const findAccount = async (
  db: Db,
  { email, id }: { email: string; id?: never } | { id: string; email?: never },
) => (await readAccounts(db, email === undefined ? sql`operator.id = ${id}` : sql`operator.email = ${email}`))[0];

/** All accounts by name. */
export const listAccounts = (db: Db): Promise<OperatorAccount[]> => readAccounts(db, sql`true`);

async function readAccounts(db: Db, which: SQL): Promise<OperatorAccount[]> {
  const found = await rows<StoredAccount>(
    db,
    sql`select id, name, email, role, language, two_factor_enabled as "hasSecondFactor", created_at as "createdAt",
        disabled_at as "disabledAt",
        (select max(session.updated_at) from operator_sessions as session where session.operator_id = operator.id)
          as "lastSeenAt"
      from operators as operator where ${which} order by lower(name), id`,
  );
  return withInstants(found, "createdAt", "disabledAt", "lastSeenAt");
}

/** What an admin changes of an account. */
export interface AccountChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
}

/**
 * Changes the rights of an account. A disabled account loses its sessions at once.
 * @returns undefined if there is no such account.
 * @throws AppError `conflict` (409) if no admin would remain.
 */
export function changeAccount(
  db: Db,
  id: string,
  { role, disabled }: AccountChange,
  now: Date,
): Promise<OperatorAccount | undefined> {
  return transact(db, async (tx) => {
    await takeLock(tx, "operators"); // two admins who take each other's role would leave none
    const disabledAt = disabled ? sql`coalesce(disabled_at, ${at(now)})` : sql`null`;
    await rows(
      tx,
      sql`update operators set role = coalesce(${role ?? null}, role),
          disabled_at = ${disabled === undefined ? sql`disabled_at` : disabledAt}, updated_at = ${at(now)}
        where id = ${id}`,
    );
    if (disabled) await endSessions(tx, id);
    await requireAdmin(tx);
    return findAccount(tx, { id });
  });
}

/** @throws AppError `conflict` (409). */
export async function requireAdmin(tx: Db): Promise<void> {
  const found = await rows(tx, sql`select from operators where role = 'admin' and disabled_at is null limit 1`);
  if (found.length === 0) throw new AppError("conflict", "At least one admin has to remain.");
}

export async function hasOperators(db: Db): Promise<boolean> {
  return (await rows(db, sql`select from operators limit 1`)).length > 0;
}

/** Sets what an operator chooses for themselves. */
export async function updateOwnAccount(
  db: Db,
  id: string,
  { name, language }: { name?: string | undefined; language?: Language | undefined },
  now: Date,
): Promise<void> {
  await rows(
    db,
    sql`update operators set name = coalesce(${name ?? null}, name), language = coalesce(${language ?? null}, language),
        updated_at = ${at(now)}
      where id = ${id}`,
  );
}

/** Ends all sessions of an operator, except one if it is named, and the trust in their browsers. */
export async function endSessions(db: Db, operatorId: string, exceptId?: string): Promise<void> {
  await rows(
    db,
    sql`delete from operator_sessions where operator_id = ${operatorId} and id is distinct from ${exceptId ?? null}`,
  );
  await rows(
    db,
    sql`delete from operator_verifications
      where value = ${operatorId} and (identifier like 'hash:trust-device-%' or identifier like 'hash:2fa-%')`,
  );
}

/** Makes the links for a new password void that an operator got before. */
export async function forgetResetLinks(db: Db, operatorId: string): Promise<void> {
  await rows(
    db,
    sql`delete from operator_verifications
      where value = ${operatorId} and identifier like 'hash:reset-password:%'`,
  );
}

/** Ends one session. @returns false if the operator has no such session. */
export async function endSession(db: Db, session: { token: string } | { id: string; operatorId: string }) {
  const which =
    "token" in session
      ? sql`token = ${session.token}`
      : sql`id = ${session.id} and operator_id = ${session.operatorId}`;
  return (await rows(db, sql`delete from operator_sessions where ${which} returning id`)).length > 0;
}

interface StoredSession {
  id: string;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

/** The browsers in which an operator is signed in, the one used last first. */
export async function listSessionsOf(db: Db, operatorId: string, now: Date) {
  const found = await rows<StoredSession>(
    db,
    sql`select id, user_agent as "userAgent", created_at as "createdAt", updated_at as "lastSeenAt",
        expires_at as "expiresAt"
      from operator_sessions where operator_id = ${operatorId} and expires_at > ${at(now)}
      order by updated_at desc, id`,
  );
  return withInstants(found, "createdAt", "lastSeenAt", "expiresAt");
}
