import { bigint, index, integer, json, pgSchema, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";

/** The first layer: accepted events as they were received. */
export const raw = pgSchema("raw");

/** Numbers the events in order of receipt, across partitions. */
export const rawNumbers = raw.sequence("event_numbers");

const rawId = () => bigint("raw_id", { mode: "number" }).notNull();

/** Partitioned by day of `received_at` (partitions.ts), so that old days can be dropped instead of deleted. */
export const rawEvents = raw.table(
  "events",
  {
    rawId: rawId(),
    receivedAt: instant("received_at").notNull(),
    customerId: identifier("customer_id").notNull(),
    eventId: identifier("event_id").notNull(),
    payload: json("payload").notNull(),
    /** What the request said: user agent, place, visitor hash, time of sending (`RequestContext`). */
    context: json("context").notNull(),
  },
  (table) => [primaryKey({ name: "raw_events_key", columns: [table.receivedAt, table.rawId] })],
);

/** The ids of recently accepted events: the first insert is the event, any later one is a repetition. */
export const rawEventIds = raw.table(
  "event_ids",
  {
    customerId: identifier("customer_id").notNull(),
    eventId: identifier("event_id").notNull(),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "raw_event_ids_key", columns: [table.customerId, table.eventId] }),
    index("raw_event_ids_received").using("brin", table.receivedAt),
  ],
);

/** Events that are not validated yet. */
export const rawPending = raw.table(
  "pending",
  {
    customerId: identifier("customer_id").notNull(),
    rawId: rawId(),
    receivedAt: instant("received_at").notNull(),
    /** How often the event has been a dead letter. */
    attempts: integer("attempts").notNull().default(0),
  },
  (table) => [primaryKey({ name: "raw_pending_key", columns: [table.customerId, table.rawId] })],
);

/** Events that cannot be processed, with the reason. Their payload is in `raw.events`. */
export const deadLetters = raw.table(
  "dead_letters",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    customerId: identifier("customer_id").notNull(),
    rawId: rawId(),
    receivedAt: instant("received_at").notNull(),
    eventId: identifier("event_id").notNull(),
    /** The layer that the event could not reach: `staging` or `business`. */
    layer: text("layer").notNull(),
    reason: text("reason").notNull(),
    field: text("field").notNull(),
    expected: text("expected").notNull(),
    got: text("got").notNull(),
    attempts: integer("attempts").notNull(),
    failedAt: instant("failed_at").notNull(),
  },
  (table) => [
    unique("dead_letters_event").on(table.customerId, table.rawId),
    index("dead_letters_received").on(table.receivedAt),
    index("dead_letters_id").on(table.customerId, table.eventId),
  ],
);
