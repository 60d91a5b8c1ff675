import { sql } from "drizzle-orm";
import { bigints, type Db, limitIdleTime, rows } from "../../db/db.ts";
import { lockOnKey } from "../../db/locks.ts";
import { JOIN_BY_HASHING } from "../../db/server/planner.ts";
import type { Site } from "../sites/access.ts";
import { type BatchResult, type BatchSelection, IDLE_MS } from "./batch.ts";
import { type DeadLetter, moveToDeadLetters } from "./dead-letters.ts";
import { isolateBadRows } from "./isolate-bad-rows.ts";
import { rollupCtes } from "./rollups.ts";
import { sessionCtes } from "./sessions.ts";
import { visitorCtes } from "./visitors.ts";

/** How long a transaction waits for another that loads events of the same site; longer than a frozen one can hold the lock. */
const LOCK_TIMEOUT_MS = 2 * IDLE_MS;

/**
 * The second step of the pipeline: loads a batch of staged events into `business` and updates its sessions, visitors, pages
 * and rollups, in the caller's transaction. One transaction per site at a time, because all events of a site change the
 * same sums; after the lock each statement sees what the previous transaction has committed.
 */
export async function loadBatch(tx: Db, site: Site, selection: BatchSelection, now: Date): Promise<BatchResult> {
  await lockBusiness(tx, site.customerId);
  const rawIds = await findStaged(tx, site.customerId, selection);
  const badRows = await isolateBadRows(tx, rawIds, (part, savepoint) => writeEvents(savepoint, site, part));
  const deadLetters: DeadLetter[] = [];
  for (const { item, rejection } of badRows) {
    deadLetters.push(await moveToDeadLetters(tx, site.customerId, item, rejection, now));
  }
  const processed = rawIds.length - deadLetters.length;
  return {
    taken: rawIds.length,
    counts: { staged: 0, processed, deadLetters: deadLetters.length },
    deadLetters,
  };
}

/**
 * Lets one transaction at a time change the sums of a site. It also makes the planner join by hashing: if it misjudges the
 * size of a batch, it would compare each event with each (planner.ts).
 */
export async function lockBusiness(tx: Db, customerId: string): Promise<void> {
  await limitIdleTime(tx, IDLE_MS);
  await rows(
    tx,
    sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true), ${JOIN_BY_HASHING}, ${lockOnKey("analytics", sql`hashtext(${customerId})`)}`,
  );
}

async function findStaged(tx: Db, customerId: string, selection: BatchSelection): Promise<string[]> {
  const named = "rawIds" in selection;
  const staged = await rows<{ id: string }>(
    tx,
    sql`select raw_id as id from staging.pending
      where customer_id = ${customerId} and ${named ? sql`raw_id = any(${bigints(selection.rawIds)})` : sql`true`}
      order by raw_id limit ${named ? selection.rawIds.length : selection.max}`,
  );
  return staged.map(({ id }) => id);
}

/** The columns of an event, in the order in which both layers have them. */
const COLUMNS =
  sql.raw(`customer_id, event_id, received_at, occurred_at, event_type, page_view, page_url, page, session_key,
  visitor_id, referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content, device, browser, os, bot, country,
  region, city, quality_score, quality, event_data`);

/** Writes events and all sums in one statement. An event that `business` has already is only removed from the pending ones. */
async function writeEvents(tx: Db, site: Site, rawIds: readonly string[]): Promise<void> {
  const { customerId, timezone } = site;
  await rows(
    tx,
    sql`with taken as (
        delete from staging.pending where customer_id = ${customerId}
          and raw_id = any(${bigints(rawIds)}) returning raw_id, received_at),
      fresh as (
        insert into business.events (${COLUMNS})
        select event.* from taken cross join lateral (select ${COLUMNS} from staging.events as event
          where event.received_at = taken.received_at and event.raw_id = taken.raw_id offset 0) as event
        on conflict (customer_id, event_id) do nothing
        returning *, date_trunc('hour', occurred_at, ${timezone}) as hour, date_trunc('day', occurred_at, ${timezone}) as day),
      people as (
        select *, case when page_view then occurred_at end as viewed_at, case when page_view then page end as viewed
        from fresh where bot is null),
      ${sessionCtes(site)},
      ${visitorCtes(site)},
      ${rollupCtes(site)}
      select from fresh limit 1`,
  );
}
