import { bigint, date, index, integer, pgSchema, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";
import { eventColumns } from "./staging-schema.ts";

/** The third layer: the events that count, and everything computed from them. */
export const business = pgSchema("business");

const ofSite = () => identifier("customer_id").notNull();

export const events = business.table(
  "events",
  { receivedAt: instant("received_at").notNull(), ...eventColumns() },
  (table) => [
    unique("business_events_once").on(table.customerId, table.eventId),
    index("business_events_latest").on(table.customerId, table.occurredAt),
  ],
);

/** Visits: events of one `session_key` with less than 30 minutes between one and the next. */
export const sessions = business.table(
  "sessions",
  {
    customerId: ofSite(),
    sessionKey: identifier("session_key").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at").notNull(),
    /** The first event. All columns below that are not a count, an entry or an exit come from it. */
    firstEventId: identifier("first_event_id").notNull(),
    visitorId: identifier("visitor_id").notNull(),
    events: integer("events").notNull(),
    pageViews: integer("page_views").notNull(),
    entryAt: instant("entry_at"),
    entryPage: identifier("entry_page"),
    exitAt: instant("exit_at"),
    exitPage: identifier("exit_page"),
    referrer: text("referrer"),
    utmSource: text("utm_source"),
    utmMedium: text("utm_medium"),
    utmCampaign: text("utm_campaign"),
    device: text("device").notNull(),
    browser: text("browser"),
    os: text("os"),
    country: text("country"),
  },
  (table) => [
    primaryKey({ name: "sessions_key", columns: [table.customerId, table.sessionKey, table.startedAt] }),
    index("sessions_latest").on(table.customerId, table.startedAt),
  ],
);

/** The visitors of each day in the site's zone. Without a cookie a visitor cannot be recognised on another day. */
export const visitors = business.table(
  "visitors",
  {
    customerId: ofSite(),
    day: date("day").notNull(),
    visitorId: identifier("visitor_id").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    events: integer("events").notNull(),
    pageViews: integer("page_views").notNull(),
  },
  (table) => [primaryKey({ name: "visitors_key", columns: [table.customerId, table.day, table.visitorId] })],
);

export const pages = business.table(
  "pages",
  {
    customerId: ofSite(),
    page: identifier("page").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    views: bigint("views", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ name: "pages_key", columns: [table.customerId, table.page] })],
);

const total = (name: string) => bigint(name, { mode: "number" }).notNull();

/**
 * Sums that the dashboard reads instead of events. The `dimension` is `hour` (the whole site, by hour), `day` (visitors), or
 * the kind of `value` (page, referrer, device, ...) by day. Bots count under `bot` only.
 */
export const rollups = business.table(
  "rollups",
  {
    customerId: ofSite(),
    dimension: text("dimension").notNull(),
    /** The start of an hour or day in the site's zone. */
    bucket: instant("bucket").notNull(),
    value: identifier("value").notNull(),
    events: total("events"),
    pageViews: total("page_views"),
    visits: total("visits"),
    bounces: total("bounces"),
    durationMs: total("duration_ms"),
    visitors: total("visitors"),
  },
  (table) => [
    primaryKey({ name: "rollups_key", columns: [table.customerId, table.dimension, table.bucket, table.value] }),
  ],
);
