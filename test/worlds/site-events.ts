import { randomUUID } from "node:crypto";
import type { Rejection } from "../../lib/analytics/events/reject-reason.ts";
import {
  isRejection,
  type ReceivedEvent,
  type ValidEvent,
  validateEvent,
} from "../../lib/analytics/events/validate-event.ts";
import { CONTEXT, NOW } from "./site.ts";

/** Events as pages send them, valid unless a test says otherwise. */

export type Event = Record<string, unknown>;

/** A view of the shop's first page. */
export const pageView = (given: Event = {}): Event => ({
  event_id: randomUUID(),
  event_type: "page_view",
  page_url: "https://shop.example/",
  session_id: "session-1",
  visitor_id: "visitor-1",
  ...given,
});

/** So long after `NOW`, as a sender's clock says it. */
export const later = (seconds: number, from = NOW): string => new Date(from.getTime() + seconds * 1000).toISOString();

interface Said {
  context?: Partial<ReceivedEvent["context"]>;
}

/** What is made of an event that counts; with all it can have unless told otherwise. */
export function judged(given: Event = {}, { context = {} }: Said = {}): ValidEvent {
  const outcome = validateEvent(received(given, context));
  if (isRejection(outcome)) throw new Error(`expected an event that counts, got ${JSON.stringify(outcome)}`);
  return outcome;
}

/** What is wrong with an event. */
export function wrongWith(given: Event): Rejection | undefined {
  const outcome = validateEvent(received(given));
  return isRejection(outcome) ? outcome : undefined;
}

const received = (given: Event, context: Partial<ReceivedEvent["context"]> = {}): ReceivedEvent => ({
  eventId: "event-1",
  receivedAt: NOW,
  payload: pageView({ occurred_at: later(-1), ...given }),
  context: { ...CONTEXT, ...context },
});
