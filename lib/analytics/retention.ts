import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../db/db.ts";
import { DAY_MS } from "../time/durations.ts";
import { dayOf } from "./day.ts";
import { dropPartition, partitionDays } from "./pipeline/partitions.ts";

/** How much was deleted from `raw` and `staging`. */
export interface Forgotten {
  rawDaysDropped: number;
  eventIdsForgotten: number;
  deadLettersForgotten: number;
}

/**
 * Deletes raw and staged events that were received more than `days` ago. `business` keeps its events, and still recognises
 * their ids. Raw and staged events are dropped by whole days; a day with pending events or dead letters is kept. Salts of
 * past days are deleted too, so that old visitor hashes cannot be computed again.
 * @param batch How many dead letters, and how many event ids, are deleted at most.
 */
export async function forgetRaw(tx: Db, now: Date, days: number, batch: number): Promise<Forgotten> {
  await rows(tx, sql`delete from site_salts where day < ${dayOf(now)}::date`);
  const before = new Date(`${dayOf(new Date(now.getTime() - days * DAY_MS))}T00:00Z`);
  const deadLettersForgotten = await deleteBefore(tx, "dead_letters", before, batch);
  const eventIdsForgotten = await deleteBefore(tx, "event_ids", before, batch);
  let rawDaysDropped = 0;
  for (const day of await partitionDays(tx)) {
    if (day >= dayOf(before) || (await isNeeded(tx, day))) continue;
    if (await dropPartition(tx, day)) rawDaysDropped += 1;
  }
  return { rawDaysDropped, deadLettersForgotten, eventIdsForgotten };
}

/** Whether events of a day are pending or could be replayed. */
async function isNeeded(tx: Db, day: string): Promise<boolean> {
  const start = new Date(`${day}T00:00Z`);
  const isOfDay = sql`received_at >= ${at(start)} and received_at < ${at(new Date(start.getTime() + DAY_MS))}`;
  const { needed } = await row<{ needed: boolean }>(
    tx,
    sql`select exists (select from raw.pending where ${isOfDay}) or exists (select from staging.pending where ${isOfDay})
      or exists (select from raw.dead_letters where ${isOfDay}) as needed`,
  );
  return needed;
}

async function deleteBefore(tx: Db, table: "dead_letters" | "event_ids", before: Date, batch: number): Promise<number> {
  const name = sql`raw.${sql.identifier(table)}`;
  const deleted = await rows(
    tx,
    sql`delete from ${name} where ctid = any (array(
      select ctid from ${name} where received_at < ${at(before)} limit ${batch} for update skip locked)) returning ctid`,
  );
  return deleted.length;
}
