import { sql } from "drizzle-orm";
import { bigints, type Db, instantOf, rows } from "../../db/db.ts";
import { type Context, isRejection, judge, type Staged } from "../events/event.ts";
import { type Problem, processingError } from "../events/reject-reason.ts";
import { type BatchResult, type BatchSelection, limitIdleness } from "./batch.ts";
import { type DeadLetter, insertDeadLetters } from "./dead-letters.ts";
import { isolateBadRows } from "./isolate-bad-rows.ts";

/** Events that wait to be staged. */
interface Waiting {
  rawId: string;
  receivedAt: Date;
  attempts: number;
  eventId: string;
  payload: Record<string, unknown>;
  context: Context;
}

/** An event that counts, on its way. */
interface Good {
  event: Waiting;
  staged: Staged;
}

/**
 * First step: judges and enriches what waits in `raw`, and puts it into `staging` or to the dead letters. All of it in the
 * caller's transaction. Whoever else stages meanwhile takes other events.
 */
export async function stage(tx: Db, customerId: string, which: BatchSelection, now: Date): Promise<BatchResult> {
  await limitIdleness(tx);
  const waiting = await claim(tx, customerId, which);
  const judged = waiting.map((event) => ({ event, outcome: judgeSafely(event) }));
  const dead = judged.flatMap(({ event, outcome }) => (isRejection(outcome) ? [letter(event, outcome)] : []));
  const good = judged.flatMap(({ event, outcome }) => (isRejection(outcome) ? [] : [{ event, staged: outcome }]));
  const unwritable = await isolateBadRows(tx, good, (part, savepoint) => write(savepoint, customerId, part));
  for (const { item, problem } of unwritable) dead.push(letter(item.event, problem));
  await bury(tx, customerId, dead, now);
  const staged = good.length - unwritable.length;
  return { taken: waiting.length, done: { staged, processed: 0, deadLetters: dead.length }, dead };
}

/**
 * Locks what it takes. One's own events are waited for, should somebody else be at them; of a batch, what somebody else
 * is at is left to that one. What came in one request has one context, which is read once.
 */
async function claim(tx: Db, customerId: string, which: BatchSelection): Promise<Waiting[]> {
  const own = "rawIds" in which;
  const found = await rows<Omit<Waiting, "receivedAt" | "context"> & { receivedAt: string; context: Context | null }>(
    tx,
    sql`select raw_id as "rawId", received_at as "receivedAt", attempts, event_id as "eventId", payload,
        case when context::text is distinct from lag(context::text) over (order by raw_id) then context end as context
      from (select raw_id, received_at, attempts from raw.pending
        where customer_id = ${customerId} and ${own ? sql`raw_id = any(${bigints(which.rawIds)})` : sql`true`}
        order by raw_id limit ${own ? which.rawIds.length : which.most}
        for update ${own ? sql`` : sql`skip locked`}) as waiting
      cross join lateral (select event_id, payload, context from raw.events as event
        where event.received_at = waiting.received_at and event.raw_id = waiting.raw_id offset 0) as event
      order by raw_id`,
  );
  let last: Context = { visitor: "" };
  return found.map(({ context, receivedAt, ...event }) => {
    last = context ?? last;
    return { ...event, receivedAt: instantOf(receivedAt), context: last };
  });
}

function judgeSafely(event: Waiting): Staged | Problem {
  try {
    return judge(event);
  } catch (error) {
    return processingError(error);
  }
}

const letter = ({ rawId, receivedAt, eventId, attempts }: Waiting, problem: Problem): DeadLetter => ({
  rawId,
  receivedAt,
  eventId,
  attempts: attempts + 1,
  ...problem,
});

/** They wait no longer: locked since they were claimed, so nobody else has taken them. What is in `raw` comes from there. */
async function write(tx: Db, customerId: string, part: readonly Good[]): Promise<void> {
  await rows(
    tx,
    sql`with judged as materialized (
        select * from json_to_recordset(${JSON.stringify(part.map(found))}::json) as event ("rawId" bigint,
          "occurredAt" timestamptz, "eventType" text, "pageView" boolean, "pageUrl" text, page text, "sessionKey" text,
          "visitorId" text, referrer text, "utmSource" text, "utmMedium" text, "utmCampaign" text, "utmTerm" text,
          "utmContent" text, device text, browser text, os text, bot text, country text, region text, city text,
          "qualityScore" numeric, quality text)),
      waiting as (
        delete from raw.pending where customer_id = ${customerId}
          and raw_id = any(${bigints(part.map(({ event }) => event.rawId))})
        returning raw_id, received_at, attempts),
      staged as (
        insert into staging.events (customer_id, raw_id, received_at, attempts, event_id, occurred_at, event_type, page_view,
          page_url, page, session_key, visitor_id, referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
          device, browser, os, bot, country, region, city, quality_score, quality, event_data)
        select ${customerId}, raw_id, received_at, attempts, event_id, "occurredAt", "eventType", "pageView",
          "pageUrl", page, "sessionKey", "visitorId", referrer, "utmSource", "utmMedium", "utmCampaign", "utmTerm",
          "utmContent", device, browser, os, bot, country, region, city, "qualityScore", quality,
          case when json_typeof(data) = 'object' then data::jsonb else '{}' end
        from judged join waiting on raw_id = "rawId"
        cross join lateral (select event_id, payload->'event_data' as data from raw.events as event
          where event.received_at = waiting.received_at and event.raw_id = waiting.raw_id offset 0) as event
        returning raw_id, received_at)
      insert into staging.pending (customer_id, raw_id, received_at) select ${customerId}, raw_id, received_at from staged`,
  );
}

/** What was found out about an event, without what is null: of most events that is half of it. */
function found({ event, staged: { utm, ...staged } }: Good): Record<string, unknown> {
  const all: Record<string, unknown> = {
    rawId: event.rawId,
    ...staged,
    utmSource: utm.source,
    utmMedium: utm.medium,
    utmCampaign: utm.campaign,
    utmTerm: utm.term,
    utmContent: utm.content,
  };
  for (const name of Object.keys(all)) if (all[name] === null) all[name] = undefined;
  return all;
}

async function bury(tx: Db, customerId: string, dead: readonly DeadLetter[], now: Date): Promise<void> {
  if (dead.length === 0) return;
  const ids = bigints(dead.map(({ rawId }) => rawId));
  await rows(tx, sql`delete from raw.pending where customer_id = ${customerId} and raw_id = any(${ids})`);
  await insertDeadLetters(tx, customerId, dead, now);
}
