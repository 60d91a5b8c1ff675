import { sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import { expect } from "vitest";
import { type Db, instantOf, rows } from "../../../lib/db/db.ts";

/**
 * Computes sessions, visitors, pages and rollups from all events of a site by the rules of docs/domain.md, section 8, to
 * compare them with the incrementally updated tables.
 */

interface Site {
  customerId: string;
  timezone: string;
}

/** The columns that a visit takes from its first event. */
const FIRST = [
  "visitor_id",
  "referrer",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "device",
  "browser",
  "os",
  "country",
];

interface EventRow extends Record<string, unknown> {
  event_id: string;
  at: number;
  /** The start of the local hour and day, and the local date. */
  hour: number;
  day: number;
  date: string;
  event_type: string;
  page_view: boolean;
  page: string;
  session_key: string;
  visitor_id: string;
  bot: string | null;
}

type Row = Record<string, unknown>;
type Tables = Record<"sessions" | "visitors" | "pages" | "rollups", Row[]>;

const IDLE_MS = 30 * 60_000;
const SUMS = ["events", "page_views", "visits", "bounces", "duration_ms", "visitors"] as const;
type Sums = Partial<Record<(typeof SUMS)[number], number>>;

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
const byTime = (a: EventRow, b: EventRow): number => order(a.at, b.at) || order(a.event_id, b.event_id);
const byTimeAndPage = (a: EventRow, b: EventRow): number => order(a.at, b.at) || order(a.page, b.page);
const text = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const sorted = (list: Row[]): Row[] => list.toSorted((a, b) => order(JSON.stringify(a), JSON.stringify(b)));

async function readEvents(db: Db, { customerId, timezone }: Site): Promise<EventRow[]> {
  const events = await rows<EventRow & { occurred_at: string }>(
    db,
    sql`select * from business.events where customer_id = ${customerId}`,
  );
  return events
    .map((event) => {
      const at = Number(instantOf(event.occurred_at));
      return { ...event, at, ...local(at, timezone) };
    })
    .sort(byTime);
}

/** Splits events into visits at gaps longer than the idle time. */
function visitsOf(people: EventRow[]): EventRow[][] {
  const visits: EventRow[][] = [];
  for (const own of Map.groupBy(people, (event) => event.session_key).values()) {
    let current: EventRow[] = [];
    for (const event of own) {
      if (current.length === 0 || event.at - (current.at(-1)?.at ?? 0) > IDLE_MS) {
        current = [];
        visits.push(current);
      }
      current.push(event);
    }
  }
  return visits;
}

function sessionOf(visit: EventRow[]) {
  const [first] = visit as [EventRow];
  const start = first.at;
  const end = visit.at(-1)?.at ?? start;
  const views = visit.filter((event) => event.page_view).sort(byTimeAndPage);
  const [entry, exit] = [views[0], views.at(-1)];
  return {
    session_key: first.session_key,
    started_at: text(start),
    ended_at: text(end),
    first_event_id: first.event_id,
    events: visit.length,
    page_views: views.length,
    entry_at: text(entry?.at),
    entry_page: entry?.page ?? null,
    exit_at: text(exit?.at),
    exit_page: exit?.page ?? null,
    ...Object.fromEntries(FIRST.map((column) => [column, first[column]])),
  } as Row & { entry_page: string | null; exit_page: string | null };
}

function local(at: number, timezone: string) {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  const hour = at - zoned.minute * 60_000 - zoned.second * 1000 - zoned.millisecond;
  return { hour, day: zoned.startOfDay().epochMilliseconds, date: zoned.toPlainDate().toString() };
}

function visitorsOf(people: EventRow[]): Row[] {
  const days = Map.groupBy(people, (event) => `${event.date} ${event.visitor_id}`);
  return [...days.values()].map((own) => ({
    day: own[0]?.date,
    visitor_id: own[0]?.visitor_id,
    first_seen_at: text(own[0]?.at),
    last_seen_at: text(own.at(-1)?.at),
    events: own.length,
    page_views: own.filter((event) => event.page_view).length,
  }));
}

function pagesOf(people: EventRow[]): Row[] {
  const views = people.filter((event) => event.page_view);
  return [...Map.groupBy(views, (event) => event.page)].map(([page, own]) => ({
    page,
    first_seen_at: text(own[0]?.at),
    last_seen_at: text(own.at(-1)?.at),
    views: own.length,
  }));
}

function rollupsOf(all: EventRow[], people: EventRow[]): Row[] {
  const sums = new Map<string, Row>();
  const add = (dimension: string, bucket: number, value: unknown, more: Sums) => {
    const key = JSON.stringify([dimension, bucket, value]);
    const none = Object.fromEntries(SUMS.map((name) => [name, 0]));
    const sum = sums.get(key) ?? { dimension, bucket: text(bucket), value, ...none };
    for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] as number) + count;
    sums.set(key, sum);
  };
  for (const event of people) {
    const { hour, day } = event;
    add("hour", hour, "", { events: 1, page_views: event.page_view ? 1 : 0 });
    add("event", day, event.event_type, { events: 1 });
    if (event.page_view) add("page", day, event.page, { events: 1, page_views: 1 });
  }
  for (const event of all) {
    if (event.bot === null) continue;
    add("bot", event.day, event.bot, { events: 1, page_views: event.page_view ? 1 : 0 });
  }
  const daily = Map.groupBy(people, (event) => event.day);
  for (const [day, own] of daily) add("day", day, "", { visitors: new Set(own.map((event) => event.visitor_id)).size });
  for (const visit of visitsOf(people)) {
    const [first] = visit as [EventRow];
    const bounces = visit.length === 1 && first.page_view ? 1 : 0;
    const sum: Sums = { visits: 1, bounces, duration_ms: (visit.at(-1)?.at ?? first.at) - first.at };
    const { hour, day } = first;
    const { entry_page, exit_page } = sessionOf(visit);
    add("hour", hour, "", sum);
    for (const name of ["referrer", "browser", "os", "country"]) add(name, day, first[name] ?? "", sum);
    const known = { entry: entry_page, exit: exit_page, device: first.device, ...utm(first) };
    for (const [name, value] of Object.entries(known)) if (value !== null) add(name, day, value, sum);
  }
  return [...sums.values()];
}

const utm = ({ utm_source, utm_medium, utm_campaign }: EventRow) => ({ utm_source, utm_medium, utm_campaign });

/** Computes the tables from the events of a site. */
export async function recomputed(db: Db, site: Site): Promise<Tables> {
  const all = await readEvents(db, site);
  const people = all.filter((event) => event.bot === null);
  return {
    sessions: sorted(visitsOf(people).map(sessionOf)),
    visitors: sorted(visitorsOf(people)),
    pages: sorted(pagesOf(people)),
    rollups: sorted(rollupsOf(all, people)),
  };
}

/** Reads the stored tables, without rollups whose sums are all 0. */
export async function stored(db: Db, { customerId }: Site): Promise<Tables> {
  const read = async (table: string, columns: string[]) => {
    const list = await rows<Row>(
      db,
      sql`select ${sql.raw(columns.join(", "))} from business.${sql.identifier(table)} where customer_id = ${customerId}`,
    );
    for (const entry of list) {
      for (const name of INSTANTS)
        if (typeof entry[name] === "string") entry[name] = instantOf(entry[name]).toISOString();
    }
    return sorted(list);
  };
  const seen = ["first_seen_at", "last_seen_at"];
  const visit = ["session_key", "started_at", "ended_at", "first_event_id", "events", "page_views"];
  const rollups = await read("rollups", ["dimension", "bucket", "value", ...SUMS.map((name) => `${name}::float8`)]);
  return {
    sessions: await read("sessions", [...visit, "entry_at", "entry_page", "exit_at", "exit_page", ...FIRST]),
    visitors: await read("visitors", ["day::text", "visitor_id", ...seen, "events", "page_views"]),
    pages: await read("pages", ["page", ...seen, "views::float8"]),
    rollups: rollups.filter((rollup) => SUMS.some((name) => rollup[name] !== 0)),
  };
}

const INSTANTS = ["started_at", "ended_at", "entry_at", "exit_at", "first_seen_at", "last_seen_at", "bucket"];

/** Expects that the stored sessions, visitors, pages and rollups of a site equal the computed ones. */
export async function expectRecomputed(db: Db, site: Site): Promise<void> {
  expect(await stored(db, site)).toEqual(await recomputed(db, site));
}
