import { randomUUID } from "node:crypto";
import { AppError, fieldError } from "../../errors.ts";
import { isId } from "../events/event.ts";

/** What a request to the door brings: events as they came. */
export interface Incoming {
  /** Whose key it says that it carries. */
  customerId: string | undefined;
  sentAt: unknown;
  events: IncomingEvent[];
  /** How many of a list had the id of another one before them: they are left out. */
  repeated: number;
  /** Whether it is one event by itself, and not a list. */
  single: boolean;
}

export interface IncomingEvent {
  /** What it is called in an answer. */
  field: string;
  eventId: string;
  /** Its JSON, without what Postgres cannot hold. */
  text: string;
}

export const MOST_EVENTS = 500;
export const MAX_EVENT_BYTES = 65_536;
const DEEPEST = 32;

/**
 * Reads the body of `POST /api/v1/track`: `{event_type, ...}` or `{events: [{event_type, ...}, ...]}`, with `key`,
 * `customer_id` and `sent_at` beside. What an event says is not judged here: whatever is an object of bearable size is
 * accepted, and either counts or becomes a dead letter.
 * @throws AppError `invalid-body` (422), `payload-too-large` (413); then nothing of it is accepted.
 */
export function incoming(body: unknown): Incoming {
  if (!isObject(body)) throw refused("body", "an event, or {events: [...]}", body);
  const { key: _, customer_id, sent_at: sentAt, events, ...event } = body;
  const customerId = optionalText("customer_id", customer_id);
  if (events === undefined) return { customerId, sentAt, events: [accept(event, "body")], repeated: 0, single: true };
  const list = acceptList(events);
  const first = new Map(list.toReversed().map((one) => [one.eventId, one]));
  const distinct = list.filter((one) => first.get(one.eventId) === one);
  return { customerId, sentAt, events: distinct, repeated: list.length - distinct.length, single: false };
}

function acceptList(events: unknown): IncomingEvent[] {
  if (!Array.isArray(events) || events.length === 0) throw refused("events", A_LIST, events);
  if (events.length > MOST_EVENTS) throw refused("events", A_LIST, events);
  return events.map((event, index) => accept(event, `events[${index}]`));
}

const A_LIST = `a list of 1 to ${MOST_EVENTS} events`;

function accept(event: unknown, field: string): IncomingEvent {
  if (!isObject(event)) throw refused(field, "an event as a JSON object", event);
  if (isDeeperThan(DEEPEST, event)) throw refused(field, `at most ${DEEPEST} levels`, "more");
  const text = storable(JSON.stringify(event));
  const size = Buffer.byteLength(text);
  if (size > MAX_EVENT_BYTES) {
    throw new AppError("payload-too-large", `${field}: expected at most ${MAX_EVENT_BYTES} bytes, got ${size}`, {
      detail: { field, expected: `at most ${MAX_EVENT_BYTES} bytes`, got: `${size}` },
    });
  }
  // One that is wrong is told of when the event is judged; here it only cannot be what the event is known by.
  const given = event.event_id;
  const eventId = isId(given) ? given.replaceAll("\0", "\uFFFD").toWellFormed() : randomUUID();
  return { field, eventId, text };
}

/**
 * NUL and halves of surrogate pairs, which neither `text` nor `jsonb` can hold, become replacement characters. In JSON
 * they stand as escapes, so that nothing has to be taken apart: `__proto__` and the like never become names of ours.
 */
function storable(json: string): string {
  if (json.isWellFormed() && !json.includes("\\u") && !json.includes("\0")) return json;
  return json
    .replace(/\\\\|\\u(0000|d[89a-f][0-9a-f]{2})/gi, (found) => (found === "\\\\" ? found : "\uFFFD"))
    .replaceAll("\0", "\uFFFD")
    .toWellFormed();
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function optionalText(field: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw refused(field, "a text", value);
}

function refused(field: string, expected: string, value: unknown): AppError {
  const got = Array.isArray(value) ? `a list of ${value.length}` : value === null ? "null" : typeof value;
  return fieldError("invalid-body", { field, expected, got: typeof value === "string" ? value.slice(0, 80) : got });
}
