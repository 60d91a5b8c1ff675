import { randomUUID } from "node:crypto";
import { AppError, fieldError } from "../../errors.ts";
import { isDeeperThan, MAX_JSON_DEPTH } from "../../text.ts";
import { isId } from "../events/validate-event.ts";

/** The parsed body of `POST /api/v1/track`. */
export interface TrackRequest {
  /** The customer that the body names. */
  customerId: string | undefined;
  sentAt: unknown;
  events: IncomingEvent[];
  /** How many events of the list repeat the id of an earlier one; they are left out. */
  repeated: number;
  /** Whether the body is one event and not a list. */
  single: boolean;
}

export interface IncomingEvent {
  /** The path of the event in the body, for error messages. */
  field: string;
  eventId: string;
  /** The event as JSON, without characters that Postgres cannot store. */
  text: string;
}

export const MAX_EVENTS = 500;
export const MAX_EVENT_BYTES = 65_536;

/**
 * Parses the body of `POST /api/v1/track`: `{event_type, ...}` or `{events: [{event_type, ...}, ...]}`, optionally with
 * `key`, `customer_id` and `sent_at`. Any JSON object of acceptable size is accepted as an event; its content is validated
 * later and may make it a dead letter.
 * @throws AppError `invalid-body` (422) or `payload-too-large` (413); then no event is accepted.
 */
export function parseTrackRequest(body: unknown): TrackRequest {
  if (!isObject(body)) throw invalidBody("body", "an event, or {events: [...]}", body);
  const { key: _, customer_id, sent_at: sentAt, events, ...event } = body;
  const customerId = optionalText("customer_id", customer_id);
  if (events === undefined) {
    return { customerId, sentAt, events: [parseEvent(event, "body")], repeated: 0, single: true };
  }
  const list = parseList(events);
  const firstById = new Map(list.toReversed().map((item) => [item.eventId, item]));
  const distinct = list.filter((item) => firstById.get(item.eventId) === item);
  return { customerId, sentAt, events: distinct, repeated: list.length - distinct.length, single: false };
}

function parseList(events: unknown): IncomingEvent[] {
  if (!Array.isArray(events) || events.length === 0) throw invalidBody("events", A_LIST, events);
  if (events.length > MAX_EVENTS) throw invalidBody("events", A_LIST, events);
  return events.map((event, index) => parseEvent(event, `events[${index}]`));
}

const A_LIST = `a list of 1 to ${MAX_EVENTS} events`;

function parseEvent(event: unknown, field: string): IncomingEvent {
  if (!isObject(event)) throw invalidBody(field, "an event as a JSON object", event);
  if (isDeeperThan(MAX_JSON_DEPTH, event)) throw invalidBody(field, `at most ${MAX_JSON_DEPTH} levels`, "more");
  const text = storableJson(JSON.stringify(event));
  const size = Buffer.byteLength(text);
  if (size > MAX_EVENT_BYTES) {
    throw new AppError("payload-too-large", `${field}: expected at most ${MAX_EVENT_BYTES} bytes, got ${size}`, {
      detail: { field, expected: `at most ${MAX_EVENT_BYTES} bytes`, got: `${size}` },
    });
  }
  // An invalid id is reported by the validation; the event needs another id until then.
  const id = event.event_id;
  const eventId = isId(id) ? id.replaceAll("\0", "\uFFFD").toWellFormed() : randomUUID();
  return { field, eventId, text };
}

/**
 * Replaces NUL and lone surrogates, which `text` and `jsonb` cannot store, by replacement characters. It works on the JSON
 * text, where they are escapes, so that keys such as `__proto__` never become properties of an object.
 */
function storableJson(json: string): string {
  if (json.isWellFormed() && !json.includes("\\u") && !json.includes("\0")) return json;
  return json
    .replace(/\\\\|\\u(0000|d[89a-f][0-9a-f]{2})/gi, (match) => (match === "\\\\" ? match : "\uFFFD"))
    .replaceAll("\0", "\uFFFD")
    .toWellFormed();
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function optionalText(field: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw invalidBody(field, "a text", value);
}

function invalidBody(field: string, expected: string, value: unknown): AppError {
  const got = Array.isArray(value) ? `a list of ${value.length}` : value === null ? "null" : typeof value;
  return fieldError("invalid-body", { field, expected, got: typeof value === "string" ? value.slice(0, 80) : got });
}
