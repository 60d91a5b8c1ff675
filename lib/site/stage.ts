import { sql } from "drizzle-orm";
import { bigints, type Db, instantOf, rows } from "../db/db.ts";
import { bisect } from "./bisect.ts";
import { type DeadLetter, writeDeadLetters } from "./dead-letters.ts";
import { type Context, isProblem, judge, type Staged } from "./event.ts";
import { type Problem, processingError } from "./problem.ts";
import { limitIdleness, type Step, type Which } from "./step.ts";

/** Events that wait to be staged. */
interface Waiting {
  rawId: string;
  receivedAt: Date;
  attempts: number;
  eventId: string;
  payload: Record<string, unknown>;
  context: Context;
}

/**
 * First step: judges and enriches what waits in `raw`, and puts it into `staging` or to the dead letters. All of it in the
 * caller's transaction. Whoever else stages meanwhile takes other events.
 */
export async function stage(tx: Db, customerId: string, which: Which, now: Date): Promise<Step> {
  await limitIdleness(tx);
  const waiting = await claim(tx, customerId, which);
  const judged = waiting.map((event) => ({ event, outcome: judgeSafely(event) }));
  const dead = judged.flatMap(({ event, outcome }) => (isProblem(outcome) ? [letter(event, outcome)] : []));
  const good = judged.flatMap(({ event, outcome }) => (isProblem(outcome) ? [] : [{ event, staged: outcome }]));
  const unwritable = await bisect(tx, good, (part, tx) => write(tx, customerId, part));
  for (const { item, problem } of unwritable) dead.push(letter(item.event, problem));
  await writeDeadLetters(tx, customerId, "staging", dead, now);
  await done(tx, customerId, waiting);
  const staged = good.length - unwritable.length;
  return { taken: waiting.length, done: { staged, processed: 0, deadLetters: dead.length }, dead };
}

/**
 * Locks what it takes. One's own events are waited for, should somebody else be at them; of a batch, what somebody else
 * is at is left to that one.
 */
async function claim(tx: Db, customerId: string, which: Which): Promise<Waiting[]> {
  const own = "rawIds" in which;
  const found = await rows<Omit<Waiting, "receivedAt"> & { receivedAt: string }>(
    tx,
    sql`select raw_id as "rawId", received_at as "receivedAt", attempts, event_id as "eventId", payload, context
      from (select raw_id, received_at, attempts from raw.pending
        where customer_id = ${customerId} and ${own ? sql`raw_id = any(${bigints(which.rawIds)})` : sql`true`}
        order by raw_id limit ${own ? which.rawIds.length : which.most}
        for update ${own ? sql`` : sql`skip locked`}) as waiting
      cross join lateral (select event_id, payload, context from raw.events as event
        where event.received_at = waiting.received_at and event.raw_id = waiting.raw_id offset 0) as event`,
  );
  return found.map((event) => ({ ...event, receivedAt: instantOf(event.receivedAt) }));
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

async function write(tx: Db, customerId: string, part: readonly { event: Waiting; staged: Staged }[]): Promise<void> {
  const list = part.map(({ event, staged: { utm, ...staged } }) => ({
    rawId: event.rawId,
    receivedAt: event.receivedAt,
    attempts: event.attempts,
    eventId: event.eventId,
    ...staged,
    utmSource: utm.source,
    utmMedium: utm.medium,
    utmCampaign: utm.campaign,
    utmTerm: utm.term,
    utmContent: utm.content,
  }));
  await rows(
    tx,
    sql`with staged as (
        insert into staging.events (customer_id, raw_id, received_at, attempts, event_id, occurred_at, event_type, page_view,
          page_url, page, session_key, visitor_id, referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
          device, browser, os, bot, country, region, city, quality_score, quality, event_data)
        select ${customerId}, "rawId", "receivedAt", attempts, "eventId", "occurredAt", "eventType", "pageView",
          "pageUrl", page, "sessionKey", "visitorId", referrer, "utmSource", "utmMedium", "utmCampaign", "utmTerm",
          "utmContent", device, browser, os, bot, country, region, city, "qualityScore", quality, "eventData"
        from json_to_recordset(${JSON.stringify(list)}::json) as event ("rawId" bigint, "receivedAt" timestamptz,
          attempts int, "eventId" text, "occurredAt" timestamptz, "eventType" text, "pageView" boolean, "pageUrl" text,
          page text, "sessionKey" text, "visitorId" text, referrer text, "utmSource" text, "utmMedium" text,
          "utmCampaign" text, "utmTerm" text, "utmContent" text, device text, browser text, os text, bot text,
          country text, region text, city text, "qualityScore" numeric, quality text, "eventData" jsonb)
        returning raw_id, received_at)
      insert into staging.pending (customer_id, raw_id, received_at) select ${customerId}, raw_id, received_at from staged`,
  );
}

/** They wait no longer; locked since they were claimed, so nobody else has done it. */
async function done(tx: Db, customerId: string, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  const ids = bigints(waiting.map(({ rawId }) => rawId));
  await rows(tx, sql`delete from raw.pending where customer_id = ${customerId} and raw_id = any(${ids})`);
}
