import { type SQL, sql } from "drizzle-orm";
import { at, type Db, instantOf, json, row, rows, transact } from "../../db/db.ts";
import type { Rejection } from "../events/reject-reason.ts";
import type { RequestContext } from "../events/validate-event.ts";

/** An event that cannot be processed, with the reason. Its payload stays in `raw.events`. */
export interface DeadLetter extends Rejection {
  rawId: string;
  receivedAt: Date;
  eventId: string;
  /** How often its processing has failed. */
  attempts: number;
}

/** Records events of a site that failed validation. */
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

/** Moves a validated event that `business` refuses from staging to the dead letters. */
export async function moveToDeadLetters(
  tx: Db,
  customerId: string,
  rawId: string,
  { reason, field, expected, got }: Rejection,
  now: Date,
): Promise<DeadLetter> {
  const { receivedAt, ...letter } = await row<Omit<DeadLetter, "receivedAt"> & { receivedAt: string }>(
    tx,
    sql`with pending as (
        delete from staging.pending where customer_id = ${customerId} and raw_id = ${rawId}::bigint
        returning raw_id, received_at),
      removed as (
        delete from staging.events as event using pending
        where event.received_at = pending.received_at and event.raw_id = pending.raw_id
        returning event.raw_id, event.received_at, event_id, attempts)
      insert into raw.dead_letters
        (customer_id, raw_id, received_at, event_id, layer, reason, field, expected, got, attempts, failed_at)
      select ${customerId}, raw_id, received_at, event_id, 'business', ${reason}, ${field}, ${expected}, ${got},
        attempts + 1, ${at(now)} from removed
      returning raw_id as "rawId", received_at as "receivedAt", event_id as "eventId", attempts, reason, field, expected, got`,
  );
  return { ...letter, receivedAt: instantOf(receivedAt) };
}

/**
 * Queues dead letters for another pass through the whole pipeline, oldest first.
 * @param customerId Only this site; undefined for all sites.
 * @param reason Only this reason; undefined for all reasons.
 * @param max How many at most.
 * @returns how many were queued.
 */
export async function replayDeadLetters(
  tx: Db,
  customerId: string | undefined,
  reason: string | undefined,
  max: number,
): Promise<number> {
  const conditions: SQL[] = [sql`true`];
  if (customerId !== undefined) conditions.push(sql`customer_id = ${customerId}`);
  if (reason !== undefined) conditions.push(sql`reason = ${reason}`);
  const { replayed } = await row<{ replayed: number }>(
    tx,
    sql`with chosen as (
        delete from raw.dead_letters where id in (
          select id from raw.dead_letters where ${sql.join(conditions, sql` and `)} order by id limit ${max} for update skip locked)
        returning customer_id, raw_id, received_at, attempts),
      queued as (
        insert into raw.pending (customer_id, raw_id, received_at, attempts)
        select customer_id, raw_id, received_at, attempts from chosen returning raw_id)
      select count(*)::int as replayed from queued`,
  );
  return replayed;
}

/**
 * Queues dead letters that a site sends again, with the corrected content. Each stays the same event, so it still counts
 * once.
 * @param events What the site sends now; those that are not dead letters of this site are ignored.
 * @returns the raw ids of the queued events.
 */
export function reviveDeadLetters(
  db: Db,
  customerId: string,
  events: readonly { eventId: string; text: string }[],
  context: RequestContext,
): Promise<string[]> {
  return transact(db, async (tx) => {
    const revived = await rows<{ rawId: string; receivedAt: string; eventId: string }>(
      tx,
      sql`with revived as (
          delete from raw.dead_letters where customer_id = ${customerId}
            and event_id = any(${sql.param(events.map(({ eventId }) => eventId))}::text[])
          returning raw_id, received_at, event_id, attempts),
        queued as (
          insert into raw.pending (customer_id, raw_id, received_at, attempts)
          select ${customerId}, raw_id, received_at, attempts from revived)
        select raw_id as "rawId", received_at as "receivedAt", event_id as "eventId" from revived order by raw_id`,
    );
    for (const { rawId, receivedAt, eventId } of revived) {
      const text = events.find((event) => event.eventId === eventId)?.text;
      await rows(
        tx,
        sql`update raw.events set payload = ${text}::json, context = ${JSON.stringify(context)}::json
          where received_at = ${receivedAt}::timestamptz and raw_id = ${rawId}::bigint`,
      );
    }
    return revived.map(({ rawId }) => rawId);
  });
}

/** Dead letters with the same reason in the same layer; the other fields are those of the newest. */
interface DeadLetterGroup extends Rejection {
  layer: "staging" | "business";
  count: number;
  event_id: string;
}

/** Counts the dead letters of a site by reason and layer, with the newest of each as an example. */
export function countDeadLetters(db: Db, customerId: string) {
  return rows<DeadLetterGroup>(
    db,
    sql`select distinct on (reason, layer) reason, layer, (count(*) over (partition by reason, layer))::int as count,
        field, expected, got, event_id
      from raw.dead_letters where customer_id = ${customerId} order by reason, layer, id desc`,
  );
}
