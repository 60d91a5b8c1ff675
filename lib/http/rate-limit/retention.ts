import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";

/** Deletes counts whose minute is over, at most `batch`. @returns The number of deleted rows. */
export async function forgetRates(tx: Db, now: Date, batch: number): Promise<number> {
  const gone = await rows(
    tx,
    sql`delete from rate_limits where key in (select key from rate_limits
      where expire < ${Number(now)}::bigint order by expire limit ${batch} for update skip locked) returning key`,
  );
  return gone.length;
}
