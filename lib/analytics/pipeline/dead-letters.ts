import { type SQL, sql } from "drizzle-orm";
import { at, type Db, instantOf, json, row, rows } from "../../db/db.ts";
import type { Problem } from "../events/reject-reason.ts";

/** An event that could not be taken further; its payload stays in `raw.events`. */
export interface DeadLetter extends Problem {
  rawId: string;
  receivedAt: Date;
  eventId: string;
  /** How often it has been tried. */
  attempts: number;
}

/** Puts events on record that cannot be staged. */
export async function insertDeadLetters(
  tx: Db,
  customerId: string,
  letters: readonly DeadLetter[],
  now: Date,
): Promise<void> {
  await rows(
    tx,
    sql`insert into raw.dead_letters
        (customer_id, raw_id, received_at, event_id, layer, reason, field, expected, got, attempts, failed_at)
      select ${customerId}, "rawId", "receivedAt", "eventId", 'staging', reason, field, expected, got, attempts, ${at(now)}
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

/** Takes a staged event back out of the way, which cannot be taken further than that, and puts it on record. */
export async function moveToDeadLetters(
  tx: Db,
  customerId: string,
  rawId: string,
  { reason, field, expected, got }: Problem,
  now: Date,
): Promise<DeadLetter> {
  const { receivedAt, ...letter } = await row<Omit<DeadLetter, "receivedAt"> & { receivedAt: string }>(
    tx,
    sql`with waiting as (
        delete from staging.pending where customer_id = ${customerId} and raw_id = ${rawId}::bigint
        returning raw_id, received_at),
      gone as (
        delete from staging.events as event using waiting
        where event.received_at = waiting.received_at and event.raw_id = waiting.raw_id
        returning event.raw_id, event.received_at, event_id, attempts)
      insert into raw.dead_letters
        (customer_id, raw_id, received_at, event_id, layer, reason, field, expected, got, attempts, failed_at)
      select ${customerId}, raw_id, received_at, event_id, 'business', ${reason}, ${field}, ${expected}, ${got},
        attempts + 1, ${at(now)} from gone
      returning raw_id as "rawId", received_at as "receivedAt", event_id as "eventId", attempts, reason, field, expected, got`,
  );
  return { ...letter, receivedAt: instantOf(receivedAt) };
}

/** Dead letters of one reason in one layer; field, expected and got are those of the newest. */
interface DeadLetters extends Problem {
  layer: string;
  count: number;
  event_id: string;
}

/** How many there are of each reason, and what the newest of them is about. */
export function countDeadLetters(db: Db, customerId: string) {
  return rows<DeadLetters>(
    db,
    sql`select distinct on (reason, layer) reason, layer, (count(*) over (partition by reason, layer))::int as count,
        field, expected, got, event_id
      from raw.dead_letters where customer_id = ${customerId} order by reason, layer, id desc`,
  );
}
