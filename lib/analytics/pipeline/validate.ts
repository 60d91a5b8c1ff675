import { sql } from "drizzle-orm";
import { bigints, type Db, instantOf, limitIdleTime, rows } from "../../db/db.ts";
import { processingError, type Rejection } from "../events/reject-reason.ts";
import { isRejection, type RequestContext, type ValidEvent, validateEvent } from "../events/validate-event.ts";
import { type BatchResult, type BatchSelection, IDLE_MS } from "./batch.ts";
import { type DeadLetter, insertDeadLetters } from "./dead-letters.ts";
import { isolateBadRows } from "./isolate-bad-rows.ts";

/** An event that waits for validation. */
interface PendingEvent {
  rawId: string;
  receivedAt: Date;
  attempts: number;
  eventId: string;
  payload: Record<string, unknown>;
  context: RequestContext;
}

interface ValidatedEvent {
  pending: PendingEvent;
  valid: ValidEvent;
}

/**
 * The first step of the pipeline: validates and enriches a batch of raw events and writes them to `staging` or to the dead
 * letters, in the caller's transaction. Processes that validate at the same time take different events.
 */
export async function validateBatch(
  tx: Db,
  customerId: string,
  selection: BatchSelection,
  now: Date,
): Promise<BatchResult> {
  await limitIdleTime(tx, IDLE_MS);
  const pending = await lockPending(tx, customerId, selection);
  const deadLetters: DeadLetter[] = [];
  const validated: ValidatedEvent[] = [];
  for (const event of pending) {
    const result = validateSafely(event);
    if (isRejection(result)) deadLetters.push(deadLetter(event, result));
    else validated.push({ pending: event, valid: result });
  }
  const badRows = await isolateBadRows(tx, validated, (part, savepoint) => writeStaged(savepoint, customerId, part));
  for (const { item, rejection } of badRows) deadLetters.push(deadLetter(item.pending, rejection));
  await moveFromPending(tx, customerId, deadLetters, now);
  return {
    taken: pending.length,
    counts: { staged: validated.length - badRows.length, processed: 0, deadLetters: deadLetters.length },
    deadLetters,
  };
}

/**
 * Locks and reads pending events. Named events are waited for if another process has locked them; otherwise locked events
 * are skipped. Events of one request share their context, which is transferred once.
 */
async function lockPending(tx: Db, customerId: string, selection: BatchSelection): Promise<PendingEvent[]> {
  const named = "rawIds" in selection;
  const locked = await rows<
    Omit<PendingEvent, "receivedAt" | "context"> & { receivedAt: string; context: RequestContext | null }
  >(
    tx,
    sql`select raw_id as "rawId", received_at as "receivedAt", attempts, event_id as "eventId", payload,
        case when context::text is distinct from lag(context::text) over (order by raw_id) then context end as context
      from (select raw_id, received_at, attempts from raw.pending
        where customer_id = ${customerId} and ${named ? sql`raw_id = any(${bigints(selection.rawIds)})` : sql`true`}
        order by raw_id limit ${named ? selection.rawIds.length : selection.max}
        for update ${named ? sql`` : sql`skip locked`}) as pending
      cross join lateral (select event_id, payload, context from raw.events as event
        where event.received_at = pending.received_at and event.raw_id = pending.raw_id offset 0) as event
      order by raw_id`,
  );
  let lastContext: RequestContext = { visitor: "" };
  return locked.map(({ context, receivedAt, ...event }) => {
    lastContext = context ?? lastContext;
    return { ...event, receivedAt: instantOf(receivedAt), context: lastContext };
  });
}

function validateSafely(event: PendingEvent): ValidEvent | Rejection {
  try {
    return validateEvent(event);
  } catch (error) {
    return processingError(error);
  }
}

const deadLetter = ({ rawId, receivedAt, eventId, attempts }: PendingEvent, rejection: Rejection): DeadLetter => ({
  rawId,
  receivedAt,
  eventId,
  attempts: attempts + 1,
  ...rejection,
});

/** Moves events from `raw.pending` to `staging`. Their rows are locked, so no other process can have moved them meanwhile. */
async function writeStaged(tx: Db, customerId: string, part: readonly ValidatedEvent[]): Promise<void> {
  await rows(
    tx,
    sql`with validated as materialized (
        select * from json_to_recordset(${JSON.stringify(part.map(stagedColumns))}::json) as event ("rawId" bigint,
          "occurredAt" timestamptz, "eventType" text, "pageView" boolean, "pageUrl" text, page text, "sessionKey" text,
          "visitorId" text, referrer text, "utmSource" text, "utmMedium" text, "utmCampaign" text, "utmTerm" text,
          "utmContent" text, device text, browser text, os text, bot text, country text, region text, city text,
          "qualityScore" numeric, quality text)),
      taken as (
        delete from raw.pending where customer_id = ${customerId}
          and raw_id = any(${bigints(part.map(({ pending }) => pending.rawId))})
        returning raw_id, received_at, attempts),
      staged as (
        insert into staging.events (customer_id, raw_id, received_at, attempts, event_id, occurred_at, event_type, page_view,
          page_url, page, session_key, visitor_id, referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
          device, browser, os, bot, country, region, city, quality_score, quality, event_data)
        select ${customerId}, raw_id, received_at, attempts, event_id, "occurredAt", "eventType", "pageView",
          "pageUrl", page, "sessionKey", "visitorId", referrer, "utmSource", "utmMedium", "utmCampaign", "utmTerm",
          "utmContent", device, browser, os, bot, country, region, city, "qualityScore", quality,
          case when json_typeof(data) = 'object' then data::jsonb else '{}' end
        from validated join taken on raw_id = "rawId"
        cross join lateral (select event_id, payload->'event_data' as data from raw.events as event
          where event.received_at = taken.received_at and event.raw_id = taken.raw_id offset 0) as event
        returning raw_id, received_at)
      insert into staging.pending (customer_id, raw_id, received_at) select ${customerId}, raw_id, received_at from staged`,
  );
}

/** The columns of a validated event. Nulls are left out: for most events that halves the text. */
function stagedColumns({ pending, valid: { utm, ...valid } }: ValidatedEvent): Record<string, unknown> {
  const columns: Record<string, unknown> = {
    rawId: pending.rawId,
    ...valid,
    utmSource: utm.source,
    utmMedium: utm.medium,
    utmCampaign: utm.campaign,
    utmTerm: utm.term,
    utmContent: utm.content,
  };
  for (const name of Object.keys(columns)) if (columns[name] === null) columns[name] = undefined;
  return columns;
}

async function moveFromPending(
  tx: Db,
  customerId: string,
  deadLetters: readonly DeadLetter[],
  now: Date,
): Promise<void> {
  if (deadLetters.length === 0) return;
  const ids = bigints(deadLetters.map(({ rawId }) => rawId));
  await rows(tx, sql`delete from raw.pending where customer_id = ${customerId} and raw_id = any(${ids})`);
  await insertDeadLetters(tx, customerId, deadLetters, now);
}
