import { bigint, boolean, integer, jsonb, numeric, pgSchema, primaryKey, text } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";

/** The second layer: validated and enriched events. */
export const staging = pgSchema("staging");

/** The columns of an event in the second and third layer. */
export const eventColumns = () => ({
  customerId: identifier("customer_id").notNull(),
  eventId: identifier("event_id").notNull(),
  /** By the sender's clock, corrected (clock.ts). */
  occurredAt: instant("occurred_at").notNull(),
  eventType: text("event_type").notNull(),
  /** Whether the event counts as a view of `page`. */
  pageView: boolean("page_view").notNull(),
  /** Without query and fragment, which may contain personal data. */
  pageUrl: text("page_url"),
  /** Host and path, at most 500 characters: the name under which a page is counted. */
  page: identifier("page"),
  /** The session that the sender states, otherwise the visitor. */
  sessionKey: identifier("session_key").notNull(),
  visitorId: identifier("visitor_id").notNull(),
  /** The host of the other site that led here. */
  referrer: text("referrer"),
  utmSource: text("utm_source"),
  utmMedium: text("utm_medium"),
  utmCampaign: text("utm_campaign"),
  utmTerm: text("utm_term"),
  utmContent: text("utm_content"),
  device: text("device").notNull(),
  browser: text("browser"),
  os: text("os"),
  /** The name of a bot; null for people. */
  bot: text("bot"),
  country: text("country"),
  region: text("region"),
  city: text("city"),
  qualityScore: numeric("quality_score", { precision: 2, scale: 1, mode: "number" }).notNull(),
  quality: text("quality").notNull(),
  eventData: jsonb("event_data").notNull(),
});

/** Partitioned and dropped together with `raw.events` (partitions.ts). */
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

/** Events that are not in `business` yet. */
export const stagingPending = staging.table(
  "pending",
  {
    customerId: identifier("customer_id").notNull(),
    rawId: bigint("raw_id", { mode: "number" }).notNull(),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [primaryKey({ name: "staging_pending_key", columns: [table.customerId, table.rawId] })],
);
