import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../db/db.ts";
import { DAY_MS, dayOf } from "./day.ts";
import { dropPartition, partitionDays } from "./pipeline/partitions.ts";

/** What of raw and staging was forgotten. */
export interface Forgotten {
  rawDaysDropped: number;
  eventIdsForgotten: number;
  deadLettersForgotten: number;
}

/**
 * Forgets what was received more than `days` ago, as it came and as it was staged; what counts of it stays in business, and
 * there an event is still known. Whole days are dropped. A day of which something still waits is kept until it does not.
 * Of the rest at most `batch`. Salts of days that are over go as well: nobody can hash with them any more.
 */
export async function forgetRaw(tx: Db, now: Date, days: number, batch: number): Promise<Forgotten> {
  await rows(tx, sql`delete from site_salts where day < ${dayOf(now)}::date`);
  const before = new Date(`${dayOf(new Date(now.getTime() - days * DAY_MS))}T00:00Z`);
  const deadLettersForgotten = await forget(tx, "dead_letters", before, batch);
  const eventIdsForgotten = await forget(tx, "event_ids", before, batch);
  let rawDaysDropped = 0;
  for (const day of await partitionDays(tx)) {
    if (day >= dayOf(before) || (await isNeeded(tx, day))) continue;
    if (await dropPartition(tx, day)) rawDaysDropped += 1;
  }
  return { rawDaysDropped, deadLettersForgotten, eventIdsForgotten };
}

/** Whether something of a day has still its way to go, or could be sent on it again. */
async function isNeeded(tx: Db, day: string): Promise<boolean> {
  const start = new Date(`${day}T00:00Z`);
  const ofDay = sql`received_at >= ${at(start)} and received_at < ${at(new Date(start.getTime() + DAY_MS))}`;
  const { needed } = await row<{ needed: boolean }>(
    tx,
    sql`select exists (select from raw.pending where ${ofDay}) or exists (select from staging.pending where ${ofDay})
      or exists (select from raw.dead_letters where ${ofDay}) as needed`,
  );
  return needed;
}

async function forget(tx: Db, table: "dead_letters" | "event_ids", until: Date, batch: number): Promise<number> {
  const name = sql`raw.${sql.identifier(table)}`;
  const gone = await rows(
    tx,
    sql`delete from ${name} where ctid = any (array(
      select ctid from ${name} where received_at < ${at(until)} limit ${batch} for update skip locked)) returning ctid`,
  );
  return gone.length;
}
