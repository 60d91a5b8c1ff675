import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import type { RequestContext } from "../events/validate-event.ts";
import { reviveDeadLetters } from "../pipeline/dead-letters.ts";
import { ensurePartitions, lacksPartition } from "../pipeline/partitions.ts";
import type { IncomingEvent } from "./parse-request.ts";

export interface CollectResult {
  /** The raw ids of the events to be processed, in the order of the request; revived dead letters last. */
  rawIds: string[];
  /** How many events had been accepted before. */
  duplicates: number;
}

/**
 * Stores received events; after this none of them gets lost. An event whose id the site has sent before is not stored again,
 * unless it is a dead letter: then it is revived with the new content. If this throws, the events may have been stored; the
 * sender sends them again.
 */
export async function collectEvents(
  db: Db,
  customerId: string,
  events: readonly IncomingEvent[],
  context: RequestContext,
  now: Date,
): Promise<CollectResult> {
  const insert = () => insertEvents(db, customerId, events, context, now);
  const rawIds = await insert().catch(async (error: unknown) => {
    if (!lacksPartition(error)) throw error;
    await ensurePartitions(db, now);
    return insert();
  });
  const revived = rawIds.length === events.length ? [] : await reviveDeadLetters(db, customerId, events, context);
  return { rawIds: [...rawIds, ...revived], duplicates: events.length - rawIds.length - revived.length };
}

/**
 * Inserts all events or none, in one statement. If another request inserts one of these ids at the same time, this one
 * waits for it. Ids are inserted in order, so that two requests never wait for each other in a circle.
 */
async function insertEvents(
  db: Db,
  customerId: string,
  events: readonly IncomingEvent[],
  context: RequestContext,
  now: Date,
): Promise<string[]> {
  const list = `[${events.map(({ eventId, text }) => `[${JSON.stringify(eventId)},${text}]`).join(",")}]`;
  const inserted = await rows<{ id: string }>(
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
  return inserted.map(({ id }) => id);
}
