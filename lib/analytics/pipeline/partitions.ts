import { sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../db/db.ts";
import { takeLock } from "../../db/locks.ts";
import { describeError } from "../../errors.ts";
import { DAY_MS, dayOf } from "../day.ts";

/** How many days have their partitions before they begin. */
const AHEAD_DAYS = 7;

/** Tables that are partitioned by day (UTC) of `received_at`; each day's are made, and dropped, together. */
const PARTITIONED = ["raw", "staging"] as const;

/** Makes the partitions of `now` and the days after it, where they are missing. */
export async function ensurePartitions(db: Db, now: Date): Promise<void> {
  const wanted = Array.from({ length: AHEAD_DAYS + 1 }, (_, index) => dayOf(new Date(now.getTime() + index * DAY_MS)));
  const made = new Set(await partitionDays(db));
  const missing = wanted.filter((day) => !made.has(day));
  if (missing.length === 0) return;
  await transact(db, async (tx) => {
    await takeLock(tx, "partitions");
    const madeMeanwhile = new Set(await partitionDays(tx));
    for (const day of missing) if (!madeMeanwhile.has(day)) await make(tx, day);
  });
}

/**
 * Attached rather than created in place: that lets others go on writing. Dates are our own, and the only thing in these
 * statements that varies; no statement of this kind takes parameters.
 */
async function make(tx: Db, day: string): Promise<void> {
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
 * Drops a day. Waits for nobody for long: whoever reads an older day meanwhile is let finish, and it is dropped next time.
 * @returns whether it is gone.
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

/** SQLSTATE of a lock that was waited for too long. */
export const LOCK_NOT_AVAILABLE = "55P03";

/** The days that have partitions, oldest first, `YYYY-MM-DD`. */
export async function partitionDays(db: Db): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    sql`select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'raw.events'::regclass order by relname`,
  );
  return found.map(({ name }) => name.replace(/^events_(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
}

/** Whether a write failed because its day has no partition yet. */
export function lacksPartition(error: unknown): boolean {
  const { code, message } = describeError(error);
  return code === CHECK_VIOLATION && message.startsWith("no partition of relation");
}

const CHECK_VIOLATION = "23514";

const partitionName = (day: string): string => `events_${day.replaceAll("-", "")}`;
