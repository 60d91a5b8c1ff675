import { bigint, boolean, integer, jsonb, numeric, pgSchema, primaryKey, text } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";

/** The second layer: what was accepted, judged and enriched. */
export const staging = pgSchema("staging");

/** What the second and the third layer say of an event. */
export const eventColumns = () => ({
  customerId: identifier("customer_id").notNull(),
  eventId: identifier("event_id").notNull(),
  /** By the visitor's clock, corrected against ours. */
  occurredAt: instant("occurred_at").notNull(),
  eventType: text("event_type").notNull(),
  /** Whether it counts as a view of `page`. */
  pageView: boolean("page_view").notNull(),
  /** Without query and fragment: they hold what is nobody's business. */
  pageUrl: text("page_url"),
  /** Host and path, of at most 500 characters: what pages are counted by. */
  page: identifier("page"),
  /** The client's session, else the visitor. */
  sessionKey: identifier("session_key").notNull(),
  visitorId: identifier("visitor_id").notNull(),
  /** The host of another site that led here. */
  referrer: text("referrer"),
  utmSource: text("utm_source"),
  utmMedium: text("utm_medium"),
  utmCampaign: text("utm_campaign"),
  utmTerm: text("utm_term"),
  utmContent: text("utm_content"),
  device: text("device").notNull(),
  browser: text("browser"),
  os: text("os"),
  /** The name of the program that is no person. */
  bot: text("bot"),
  country: text("country"),
  region: text("region"),
  city: text("city"),
  qualityScore: numeric("quality_score", { precision: 2, scale: 1, mode: "number" }).notNull(),
  quality: text("quality").notNull(),
  eventData: jsonb("event_data").notNull(),
});

/** Partitioned like `raw.events`, and dropped with it. */
export const stagingEvents = staging.table(
  "events",
  {
    rawId: bigint("raw_id", { mode: "number" }).notNull(),
    receivedAt: instant("received_at").notNull(),
    attempts: integer("attempts").notNull(),
    ...eventColumns(),
  },
  (table) => [primaryKey({ name: "staging_events_key", columns: [table.receivedAt, table.rawId] })],
);

/** What is not in business yet. */
export const stagingPending = staging.table(
  "pending",
  {
    customerId: identifier("customer_id").notNull(),
    rawId: bigint("raw_id", { mode: "number" }).notNull(),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [primaryKey({ name: "staging_pending_key", columns: [table.customerId, table.rawId] })],
);
