import { sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../db/db.ts";
import { takeLock } from "../../db/locks.ts";
import { describeError } from "../../errors.ts";
import { DAY_MS } from "../../time/durations.ts";
import { dayOf } from "../day.ts";

/** For how many days ahead partitions are created. */
const AHEAD_DAYS = 7;

/** The schemas whose `events` are partitioned by day (UTC) of `received_at`. A day is created and dropped in both together. */
const PARTITIONED = ["raw", "staging"] as const;

/** Creates the missing partitions of today (UTC) and the next days. */
export async function ensurePartitions(db: Db, now: Date): Promise<void> {
  const days = Array.from({ length: AHEAD_DAYS + 1 }, (_, index) => dayOf(new Date(now.getTime() + index * DAY_MS)));
  const existing = new Set(await partitionDays(db));
  const missing = days.filter((day) => !existing.has(day));
  if (missing.length === 0) return;
  await transact(db, async (tx) => {
    await takeLock(tx, "partitions");
    const createdMeanwhile = new Set(await partitionDays(tx)); // another process may have held the lock
    for (const day of missing) if (!createdMeanwhile.has(day)) await createPartition(tx, day);
  });
}

/**
 * Creates a table and attaches it, because creating a partition in place would block writers. DDL takes no parameters, so
 * the dates are written into the text; they come from `dayOf`.
 */
async function createPartition(tx: Db, day: string): Promise<void> {
  const [from, to] = [day, dayOf(new Date(Date.parse(day) + DAY_MS))];
  for (const schema of PARTITIONED) {
    const partition = `${schema}.${partitionName(day)}`;
    await rows(tx, sql.raw(`create table ${partition} (like ${schema}.events including all)`));
    await rows(
      tx,
      sql.raw(
        `alter table ${schema}.events attach partition ${partition} for values from ('${from}T00:00Z') to ('${to}T00:00Z')`,
      ),
    );
  }
}

/**
 * Drops the partitions of a day. If another transaction reads them for longer than 2 seconds, they are left for next time.
 * @returns whether they were dropped.
 */
export async function dropPartition(db: Db, day: string): Promise<boolean> {
  try {
    await transact(db, async (tx) => {
      await rows(tx, sql`select set_config('lock_timeout', '2s', true)`);
      for (const schema of PARTITIONED) await rows(tx, sql.raw(`drop table if exists ${schema}.${partitionName(day)}`));
    });
    return true;
  } catch (error) {
    if (describeError(error).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

/** SQLSTATE of a lock timeout. */
export const LOCK_NOT_AVAILABLE = "55P03";

/** The days that have partitions as `YYYY-MM-DD`, oldest first. */
export async function partitionDays(db: Db): Promise<string[]> {
  const partitions = await rows<{ name: string }>(
    db,
    sql`select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'raw.events'::regclass order by relname`,
  );
  return partitions.map(({ name }) => name.replace(/^events_(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
}

/** Whether a write failed because its day has no partition. */
export function lacksPartition(error: unknown): boolean {
  const { code, message } = describeError(error);
  return code === CHECK_VIOLATION && message.startsWith("no partition of relation");
}

const CHECK_VIOLATION = "23514";

const partitionName = (day: string): string => `events_${day.replaceAll("-", "")}`;
