import { type SQL, sql } from "drizzle-orm";
import { at, bigints, type Db, json, row, rows } from "../db/db.ts";
import type { Problem } from "./problem.ts";

/** An event that could not be taken further; its payload stays in `raw.events`. */
export interface DeadLetter extends Problem {
  rawId: string;
  receivedAt: Date;
  eventId: string;
  /** How often it has been tried. */
  attempts: number;
}

/** Puts events on record that did not get through the step that leads to a layer. */
export async function writeDeadLetters(
  tx: Db,
  customerId: string,
  layer: "staging" | "business",
  letters: readonly DeadLetter[],
  now: Date,
): Promise<void> {
  if (letters.length === 0) return;
  await rows(
    tx,
    sql`insert into raw.dead_letters
        (customer_id, raw_id, received_at, event_id, layer, reason, field, expected, got, attempts, failed_at)
      select ${customerId}, "rawId", "receivedAt", "eventId", ${layer}, reason, field, expected, got, attempts, ${at(now)}
      from jsonb_to_recordset(${json(letters)}) as letter ("rawId" bigint, "receivedAt" timestamptz, "eventId" text,
        reason text, field text, expected text, got text, attempts int)`,
  );
}

/**
 * Sends dead letters the whole way again, at most `most`, the longest dead first.
 * @param reason Only those of this reason.
 * @returns how many.
 */
export async function replay(
  tx: Db,
  customerId: string | undefined,
  reason: string | undefined,
  most: number,
): Promise<number> {
  const which: SQL[] = [sql`true`];
  if (customerId !== undefined) which.push(sql`customer_id = ${customerId}`);
  if (reason !== undefined) which.push(sql`reason = ${reason}`);
  const { replayed } = await row<{ replayed: number }>(
    tx,
    sql`with chosen as (
        delete from raw.dead_letters where id in (
          select id from raw.dead_letters where ${sql.join(which, sql` and `)} order by id limit ${most} for update skip locked)
        returning customer_id, raw_id, received_at, attempts),
      waiting as (
        insert into raw.pending (customer_id, raw_id, received_at, attempts)
        select customer_id, raw_id, received_at, attempts from chosen returning raw_id)
      select count(*)::int as replayed from waiting`,
  );
  return replayed;
}

/** Takes staged events back out of the way: they could not be taken further than that. */
export async function unstage(tx: Db, customerId: string, letters: readonly DeadLetter[], now: Date): Promise<void> {
  if (letters.length === 0) return;
  const ids = bigints(letters.map(({ rawId }) => rawId));
  await rows(tx, sql`delete from staging.pending where customer_id = ${customerId} and raw_id = any(${ids})`);
  for (const { rawId, receivedAt } of letters) {
    await rows(tx, sql`delete from staging.events where received_at = ${at(receivedAt)} and raw_id = ${rawId}::bigint`);
  }
  await writeDeadLetters(tx, customerId, "business", letters, now);
}

/** Dead letters of one reason in one layer; field, expected and got are those of the newest. */
interface DeadLetters extends Problem {
  layer: string;
  count: number;
  event_id: string;
}

/** How many there are of each reason, and what the newest of them is about. */
export function deadLettersByReason(db: Db, customerId: string) {
  return rows<DeadLetters>(
    db,
    sql`select distinct on (reason, layer) reason, layer, (count(*) over (partition by reason, layer))::int as count,
        field, expected, got, event_id
      from raw.dead_letters where customer_id = ${customerId} order by reason, layer, id desc`,
  );
}
