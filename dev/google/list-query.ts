import { createHash } from "node:crypto";
import { apiError, invalidParameter, unsupported } from "./api-errors.ts";
import { EVENT_TYPES } from "./calendar-source.ts";
import { type FieldMask, parseFields } from "./field-mask.ts";
import { parseChoice, parseFlag, parseTimestamp, parseWholeNumber, parseZone } from "./parameters.ts";
import { EVENTS_NAMES } from "./resource-fields.ts";

/** The parameters of `events.list`. */
export interface ListQuery {
  /** Milliseconds since the epoch, whole seconds; undefined is no bound. */
  timeMin: number | undefined;
  timeMax: number | undefined;
  showDeleted: boolean;
  orderBy: "startTime" | "updated" | undefined;
  /** Empty means all types. */
  eventTypes: readonly string[];
  timeZone: string | undefined;
  maxResults: number;
  fields: FieldMask;
  page: PagePosition;
  /** Identifies the query without its page. */
  key: string;
}

export interface PagePosition {
  /** The number of pages and events before this page. */
  number: number;
  offset: number;
}

const DEFAULT_RESULTS = 250;
const MAX_RESULTS = 2500;
const UNSUPPORTED = [
  "iCalUID",
  "maxAttendees",
  "privateExtendedProperty",
  "q",
  "sharedExtendedProperty",
  "updatedMin",
] as const;

/**
 * Parses the parameters of `events.list`.
 * @throws ApiError 400 for invalid or unsupported parameters, 410 for any `syncToken`, because the stand-in stores none.
 */
export function parseListQuery(calendarId: string, parameters: URLSearchParams): ListQuery {
  const parameter = (name: string) => parameters.get(name) ?? undefined;
  const [timeMin, timeMax] = [parseTimestamp(parameter("timeMin")), parseTimestamp(parameter("timeMax"))];
  if (timeMin !== undefined && timeMax !== undefined && timeMax <= timeMin) throw apiError("timeRangeEmpty");
  const singleEvents = parseFlag("singleEvents", parameter("singleEvents"));
  const orderBy = parseChoice("orderBy", ["startTime", "updated"], parameter("orderBy"));
  if (orderBy === "startTime" && !singleEvents) {
    throw apiError("badRequest", "The requested ordering is not available for the particular query.");
  }
  refuseSyncToken(parameters);
  for (const name of UNSUPPORTED) if (parameters.has(name)) throw unsupported(name);
  if (!singleEvents) throw unsupported("singleEvents=false");
  const key = queryKey(calendarId, parameters);
  return {
    timeMin,
    timeMax,
    showDeleted: parseFlag("showDeleted", parameter("showDeleted")),
    orderBy,
    eventTypes: parameters.getAll("eventTypes").flatMap((type) => parseChoice("eventTypes", EVENT_TYPES, type) ?? []),
    timeZone: parseZone(parameter("timeZone")),
    maxResults: Math.min(parseWholeNumber("maxResults", parameter("maxResults")) ?? DEFAULT_RESULTS, MAX_RESULTS),
    fields: parameters.has("fields") ? parseFields(parameter("fields") ?? "", EVENTS_NAMES) : true,
    page: parsePageToken(parameter("pageToken"), key),
    key,
  };
}

/** The token of a page. It is valid for one query only. */
export function createPageToken(key: string, { number, offset }: PagePosition): string {
  return Buffer.from(JSON.stringify([key, number, offset])).toString("base64url");
}

function parsePageToken(token: string | undefined, key: string): PagePosition {
  if (token === undefined) return { number: 0, offset: 0 };
  const [, number, offset] = /^\["[0-9a-f]+",(\d+),(\d+)\]$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  const page = { number: Number(number), offset: Number(offset) };
  if (createPageToken(key, page) === token) return page;
  throw invalidParameter("pageToken", "Invalid page token value.", "invalid");
}

/** Parameters of all methods. They change the form of the response, not its content. */
const STANDARD = ["$.xgafv", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "userIp"];

function queryKey(calendarId: string, parameters: URLSearchParams): string {
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
    ? apiError("badRequest", "Sync token cannot be used with query restrictions.")
    : apiError("fullSyncRequired");
}
