import { sql } from "drizzle-orm";
import { bigints, type Db, rows } from "../../db/db.ts";
import { lockOnKey } from "../../db/locks.ts";
import { JOIN_BY_HASHING } from "../../db/server/planner.ts";
import type { Site } from "../sites/access.ts";
import { type BatchResult, type BatchSelection, IDLE_MS, limitIdleness } from "./batch.ts";
import { type DeadLetter, moveToDeadLetters } from "./dead-letters.ts";
import { isolateBadRows } from "./isolate-bad-rows.ts";
import { rollupCtes } from "./rollups.ts";
import { sessionCtes } from "./sessions.ts";
import { visitorCtes } from "./visitors.ts";

/** How long one waits for another who promotes events of the same site; longer than that one may stand still. */
const LOCK_TIMEOUT_MS = 2 * IDLE_MS;

/**
 * Second step: takes staged events into `business`, with all that is summed up there, in the caller's transaction. One at a
 * time for each site, since sessions and sums are one thing that all of its events change; after the lock every statement
 * sees what the one before has committed.
 */
export async function promote(tx: Db, site: Site, which: BatchSelection, now: Date): Promise<BatchResult> {
  await lockBusiness(tx, site.customerId);
  const rawIds = await findStaged(tx, site.customerId, which);
  const failed = await isolateBadRows(tx, rawIds, (part, savepoint) => write(savepoint, site, part));
  const dead: DeadLetter[] = [];
  for (const { item, problem } of failed) dead.push(await moveToDeadLetters(tx, site.customerId, item, problem, now));
  const processed = rawIds.length - dead.length;
  return { taken: rawIds.length, done: { staged: 0, processed, deadLetters: dead.length }, dead };
}

/**
 * Lets one transaction at a time change what is summed up of a site. Whatever the planner guesses of how many events a part
 * has, it must not compare each with each (planner.ts).
 */
export async function lockBusiness(tx: Db, customerId: string): Promise<void> {
  await limitIdleness(tx);
  await rows(
    tx,
    sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true), ${JOIN_BY_HASHING}, ${lockOnKey("analytics", sql`hashtext(${customerId})`)}`,
  );
}

async function findStaged(tx: Db, customerId: string, which: BatchSelection): Promise<string[]> {
  const own = "rawIds" in which;
  const found = await rows<{ id: string }>(
    tx,
    sql`select raw_id as id from staging.pending
      where customer_id = ${customerId} and ${own ? sql`raw_id = any(${bigints(which.rawIds)})` : sql`true`}
      order by raw_id limit ${own ? which.rawIds.length : which.most}`,
  );
  return found.map(({ id }) => id);
}

/** The order of columns in which an event goes from one layer to the next. */
const COLUMNS =
  sql.raw(`customer_id, event_id, received_at, occurred_at, event_type, page_view, page_url, page, session_key,
  visitor_id, referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content, device, browser, os, bot, country,
  region, city, quality_score, quality, event_data`);

/** All of a part in one statement. An event that is in `business` already leaves no trace but that it waits no longer. */
async function write(tx: Db, site: Site, rawIds: readonly string[]): Promise<void> {
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
