import { createHash } from "node:crypto";
import { invalidParameter, refusal, unsupported } from "./api-errors.ts";
import { EVENT_TYPES } from "./calendar-source.ts";
import { type Mask, parseFields } from "./field-mask.ts";
import { choice, flag, secondOf, whole, zoneOf } from "./parameters.ts";
import { EVENTS_NAMES } from "./resource-fields.ts";

/** What `events.list` is asked for. */
export interface ListQuery {
  /** Milliseconds since the epoch, whole seconds; undefined is no bound. */
  timeMin: number | undefined;
  timeMax: number | undefined;
  showDeleted: boolean;
  orderBy: "startTime" | "updated" | undefined;
  /** Empty for all. */
  eventTypes: readonly string[];
  timeZone: string | undefined;
  maxResults: number;
  fields: Mask;
  page: Page;
  /** Stands for the query without its page. */
  key: string;
}

export interface Page {
  /** How many pages and how many events were before it. */
  number: number;
  offset: number;
}

const DEFAULT_RESULTS = 250;
const MOST_RESULTS = 2500;
const UNSUPPORTED = [
  "iCalUID",
  "maxAttendees",
  "privateExtendedProperty",
  "q",
  "sharedExtendedProperty",
  "updatedMin",
] as const;

/**
 * Reads the parameters of `events.list`.
 * @throws GoogleError 400 for what means nothing or is not supported, 410 for any `syncToken`: none is ever kept.
 */
export function listQueryOf(calendarId: string, parameters: URLSearchParams): ListQuery {
  const given = (name: string) => parameters.get(name) ?? undefined;
  const [timeMin, timeMax] = [secondOf(given("timeMin")), secondOf(given("timeMax"))];
  if (timeMin !== undefined && timeMax !== undefined && timeMax <= timeMin) throw refusal("timeRangeEmpty");
  const singleEvents = flag("singleEvents", given("singleEvents"));
  const orderBy = choice("orderBy", ["startTime", "updated"], given("orderBy"));
  if (orderBy === "startTime" && !singleEvents) {
    throw refusal("badRequest", "The requested ordering is not available for the particular query.");
  }
  refuseSyncToken(parameters);
  for (const name of UNSUPPORTED) if (parameters.has(name)) throw unsupported(name);
  if (!singleEvents) throw unsupported("singleEvents=false");
  const key = keyOf(calendarId, parameters);
  return {
    timeMin,
    timeMax,
    showDeleted: flag("showDeleted", given("showDeleted")),
    orderBy,
    eventTypes: parameters.getAll("eventTypes").flatMap((type) => choice("eventTypes", EVENT_TYPES, type) ?? []),
    timeZone: zoneOf(given("timeZone")),
    maxResults: Math.min(whole("maxResults", given("maxResults")) ?? DEFAULT_RESULTS, MOST_RESULTS),
    fields: parameters.has("fields") ? parseFields(given("fields") ?? "", EVENTS_NAMES) : true,
    page: pageOf(given("pageToken"), key),
    key,
  };
}

/** What leads to a page of a query, and to no other's. */
export function pageToken(key: string, { number, offset }: Page): string {
  return Buffer.from(JSON.stringify([key, number, offset])).toString("base64url");
}

function pageOf(token: string | undefined, key: string): Page {
  if (token === undefined) return { number: 0, offset: 0 };
  const [, number, offset] = /^\["[0-9a-f]+",(\d+),(\d+)\]$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  const page = { number: Number(number), offset: Number(offset) };
  if (pageToken(key, page) === token) return page;
  throw invalidParameter("pageToken", "Invalid page token value.", "invalid");
}

/** Parameters of any method, which say how to answer and not what. */
const STANDARD = ["$.xgafv", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "userIp"];

function keyOf(calendarId: string, parameters: URLSearchParams): string {
  const bound = [...parameters].filter(([name]) => name !== "pageToken" && !STANDARD.includes(name)).sort();
  return createHash("sha256")
    .update(JSON.stringify([calendarId, bound]))
    .digest("hex")
    .slice(0, 16);
}

const NEVER_WITH_SYNC_TOKEN = [
  "iCalUID",
  "orderBy",
  "privateExtendedProperty",
  "q",
  "sharedExtendedProperty",
  "timeMax",
  "timeMin",
  "updatedMin",
];

function refuseSyncToken(parameters: URLSearchParams): void {
  if (!parameters.has("syncToken")) return;
  const restricted = NEVER_WITH_SYNC_TOKEN.some((name) => parameters.has(name));
  throw restricted
    ? refusal("badRequest", "Sync token cannot be used with query restrictions.")
    : refusal("fullSyncRequired");
}
