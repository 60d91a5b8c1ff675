import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";
import { DAY_MS } from "../time/durations.ts";

/** As long as the record of executions, so that both can be read together. */
const KEPT_DAYS = 400;

/** Deletes old entries of the audit log, at most `limit`. @returns how many. */
export async function deleteOldEntries(tx: Db, now: Date, limit: number): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const deleted = await rows(
    tx,
    sql`delete from audit_log where id in (select id from audit_log
      where at < ${at(before)} order by at limit ${limit}) returning id`,
  );
  return deleted.length;
}
