import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";
import { isTransient } from "../db/retry.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./event.ts";
import type { IncomingEvent } from "./incoming.ts";
import { ensurePartitions, lacksPartition } from "./partitions.ts";

/** What became of events at the door. */
export interface Collected {
  /** Of those that are new, in the order in which they came. */
  rawIds: string[];
  /** How many had been accepted before. */
  duplicates: number;
}

/**
 * Writes events down as they came; after this none of them gets lost. An event whose id the site has sent before is not
 * accepted again.
 * @throws AppError `unavailable` (503) where the database cannot be reached: whoever sent them tries again.
 */
export async function collect(
  db: Db,
  customerId: string,
  events: readonly IncomingEvent[],
  context: Context,
  now: Date,
): Promise<Collected> {
  const write = () => insert(db, customerId, events, context, now);
  try {
    return await write().catch(async (error: unknown) => {
      if (!lacksPartition(error)) throw error;
      await ensurePartitions(db, now);
      return write();
    });
  } catch (error) {
    if (!isTransient(error)) throw error;
    throw new AppError("unavailable", "the database cannot be reached; nothing was accepted: send it again", {
      cause: error,
      headers: { "Retry-After": "5" },
    });
  }
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
): Promise<Collected> {
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
  return { rawIds: stored.map(({ id }) => id), duplicates: events.length - stored.length };
}
