import { sql } from "drizzle-orm";
import { at, type Db, rows, transact } from "../../db/db.ts";
import type { Context } from "../events/event.ts";
import { ensurePartitions, lacksPartition } from "../pipeline/partitions.ts";
import type { IncomingEvent } from "./parse-request.ts";

/** What became of events at the door. */
export interface Collected {
  /** Of those that are new, in the order in which they came. */
  rawIds: string[];
  /** How many had been accepted before. */
  duplicates: number;
}

/**
 * Writes events down as they came; after this none of them gets lost. An event whose id the site has sent before is not
 * accepted again, unless it is a dead letter. Where this throws it is not known whether they were accepted; whoever sent them sends them again.
 */
export async function collect(
  db: Db,
  customerId: string,
  events: readonly IncomingEvent[],
  context: Context,
  now: Date,
): Promise<Collected> {
  const write = () => insert(db, customerId, events, context, now);
  const rawIds = await write().catch(async (error: unknown) => {
    if (!lacksPartition(error)) throw error;
    await ensurePartitions(db, now);
    return write();
  });
  const revived = rawIds.length === events.length ? [] : await revive(db, customerId, events, context);
  return { rawIds: [...rawIds, ...revived], duplicates: events.length - rawIds.length - revived.length };
}

/**
 * One statement, so all or nothing. Whoever else sends one of these ids at this moment is waited for; ids in order, so that
 * two never wait for each other.
 */
async function insert(
  db: Db,
  customerId: string,
  events: readonly IncomingEvent[],
  context: Context,
  now: Date,
): Promise<string[]> {
  const list = `[${events.map(({ eventId, text }) => `[${JSON.stringify(eventId)},${text}]`).join(",")}]`;
  const stored = await rows<{ id: string }>(
    db,
    sql`with incoming as materialized (
        select n, event->>0 as event_id, event->1 as payload
        from json_array_elements(${list}::json) with ordinality as list (event, n)),
      fresh as (
        insert into raw.event_ids (customer_id, event_id, received_at)
        select ${customerId}, event_id, ${at(now)} from incoming order by event_id collate "C"
        on conflict do nothing returning event_id),
      stored as (
        insert into raw.events (customer_id, event_id, received_at, payload, context)
        select ${customerId}, event_id, ${at(now)}, payload, ${JSON.stringify(context)}::json
        from incoming where event_id in (select event_id from fresh) order by n
        returning raw_id)
      insert into raw.pending (customer_id, raw_id, received_at)
      select ${customerId}, raw_id, ${at(now)} from stored returning raw_id as id`,
  );
  return stored.map(({ id }) => id);
}

/**
 * An event that is dead, and sent again, was mended: it goes the whole way again as it came now. It stays the one event.
 * @returns the numbers of such events.
 */
function revive(db: Db, customerId: string, events: readonly IncomingEvent[], context: Context): Promise<string[]> {
  return transact(db, async (tx) => {
    const dead = await rows<{ rawId: string; receivedAt: string; eventId: string }>(
      tx,
      sql`with revived as (
          delete from raw.dead_letters where customer_id = ${customerId}
            and event_id = any(${sql.param(events.map(({ eventId }) => eventId))}::text[])
          returning raw_id, received_at, event_id, attempts),
        waiting as (
          insert into raw.pending (customer_id, raw_id, received_at, attempts)
          select ${customerId}, raw_id, received_at, attempts from revived)
        select raw_id as "rawId", received_at as "receivedAt", event_id as "eventId" from revived order by raw_id`,
    );
    for (const { rawId, receivedAt, eventId } of dead) {
      const text = events.find((event) => event.eventId === eventId)?.text;
      await rows(
        tx,
        sql`update raw.events set payload = ${text}::json, context = ${JSON.stringify(context)}::json
          where received_at = ${receivedAt}::timestamptz and raw_id = ${rawId}::bigint`,
      );
    }
    return dead.map(({ rawId }) => rawId);
  });
}
