import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, instantOf, row, rows } from "../db/db.ts";
import { AppError } from "../errors.ts";
import { MINUTE_MS } from "../time/durations.ts";

/** What is tried. Each is counted by itself, so that a right password does not open more tries of a code. */
export type Tried = "password" | "second-factor" | "reset-mail";

export const MOST_FAILED_TRIES = 5;
export const LOCK_MS = 15 * MINUTE_MS;
/** A code is valid for at most 90 seconds (RFC 6238 with one step before and after). */
const CODE_MS = 3 * MINUTE_MS;

export interface Attempt {
  /** Whether the next try will be refused if this one fails. */
  isLast: boolean;
  /** Takes the try back, because it was right. */
  succeed(): Promise<void>;
}

/**
 * Counts a try of an account before it is made, so that tries at the same time cannot exceed the limit. Unknown accounts are
 * counted like others. The count lives in the database, which all instances share, and starts anew 15 minutes after the last try.
 * @param account What names the account, such as its address; only a keyed hash of it is stored.
 * @throws AppError `rate-limited` (429) after 5 failed tries, also for the right password or code.
 */
export async function beginAttempt(db: Db, secret: string, tried: Tried, account: string, now: Date): Promise<Attempt> {
  const id = keyOf(secret, tried, account);
  const until = new Date(now.getTime() + LOCK_MS);
  // The row lock of the conflict orders tries at the same time.
  const [counted] = await rows<{ count: number }>(
    db,
    sql`insert into operator_verifications as old (id, identifier, value, expires_at, created_at, updated_at)
      values (${id}, ${`failed-tries:${tried}`}, '1', ${at(until)}, ${at(now)}, ${at(now)})
      on conflict (id) do update set value = case when old.expires_at <= ${at(now)} then '1' else (old.value::int + 1)::text end,
        expires_at = excluded.expires_at, updated_at = excluded.updated_at
      where old.expires_at <= ${at(now)} or old.value::int < ${MOST_FAILED_TRIES}
      returning value::int as count`,
  );
  if (counted === undefined) throw await locked(db, id, until, now);
  return {
    isLast: counted.count >= MOST_FAILED_TRIES,
    succeed: async () => {
      await rows(db, sql`update operator_verifications set value = greatest(value::int - 1, 0)::text where id = ${id}`);
    },
  };
}

async function locked(db: Db, id: string, latest: Date, now: Date): Promise<AppError> {
  const { until } = await row<{ until: string }>(
    db,
    sql`select coalesce((select expires_at from operator_verifications where id = ${id}), ${at(latest)}) as until`,
  );
  const seconds = Math.max(1, Math.ceil((Number(instantOf(until)) - Number(now)) / 1000));
  return new AppError(
    "rate-limited",
    `After ${MOST_FAILED_TRIES} failed tries this account is locked. Try again in ${seconds} seconds.`,
    { headers: { "Retry-After": String(seconds) } },
  );
}

/**
 * Takes a code of an account, which nobody can take again while it is valid.
 * @returns false if it was taken before.
 */
export async function takeCode(db: Db, secret: string, operatorId: string, code: string, now: Date): Promise<boolean> {
  const taken = await rows(
    db,
    sql`insert into operator_verifications as old (id, identifier, value, expires_at, created_at, updated_at)
      values (${keyOf(secret, "code", `${operatorId}:${code}`)}, 'used-code', ${operatorId},
        ${at(new Date(now.getTime() + CODE_MS))}, ${at(now)}, ${at(now)})
      on conflict (id) do update set expires_at = excluded.expires_at, updated_at = excluded.updated_at
      where old.expires_at <= ${at(now)}
      returning id`,
  );
  return taken.length > 0;
}

const keyOf = (secret: string, kind: string, name: string): string =>
  createHmac("sha256", secret).update(`${kind}:${name}`).digest("base64url");
