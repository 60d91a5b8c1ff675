import { randomUUID } from "node:crypto";
import type { Rejection } from "../../lib/analytics/events/reject-reason.ts";
import {
  isRejection,
  type ReceivedEvent,
  type ValidEvent,
  validateEvent,
} from "../../lib/analytics/events/validate-event.ts";
import { CONTEXT, NOW } from "./site-request.ts";

/** Events as pages send them, valid unless a test says otherwise. */

export type Event = Record<string, unknown>;

/** A view of the home page of the shop. */
export const pageView = (fields: Event = {}): Event => ({
  event_id: randomUUID(),
  event_type: "page_view",
  page_url: "https://shop.example/",
  session_id: "session-1",
  visitor_id: "visitor-1",
  ...fields,
});

/** An instant this long after `NOW`, as ISO text. */
export const later = (seconds: number, from = NOW): string => new Date(from.getTime() + seconds * 1000).toISOString();

interface Overrides {
  context?: Partial<ReceivedEvent["context"]>;
}

/** Validates an event that must be valid. */
export function validated(fields: Event = {}, { context = {} }: Overrides = {}): ValidEvent {
  const result = validateEvent(received(fields, context));
  if (isRejection(result)) throw new Error(`expected a valid event, got ${JSON.stringify(result)}`);
  return result;
}

/** The rejection of an event; undefined if it is valid. */
export function rejectionOf(fields: Event): Rejection | undefined {
  const result = validateEvent(received(fields));
  return isRejection(result) ? result : undefined;
}

const received = (fields: Event, context: Partial<ReceivedEvent["context"]> = {}): ReceivedEvent => ({
  eventId: "event-1",
  receivedAt: NOW,
  payload: pageView({ occurred_at: later(-1), ...fields }),
  context: { ...CONTEXT, ...context },
});
