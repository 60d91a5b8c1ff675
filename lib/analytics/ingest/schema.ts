import { bigint, index, integer, json, pgSchema, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";

/** The first layer: what was accepted, as it came. */
export const raw = pgSchema("raw");

/** Numbers in order of receipt; also across partitions. */
export const rawNumbers = raw.sequence("event_numbers");

const number = () => bigint("raw_id", { mode: "number" }).notNull();

/** Partitioned by day of `received_at` (partitions.ts), so that old days are dropped, not deleted. */
export const rawEvents = raw.table(
  "events",
  {
    rawId: number(),
    receivedAt: instant("received_at").notNull(),
    customerId: identifier("customer_id").notNull(),
    eventId: identifier("event_id").notNull(),
    payload: json("payload").notNull(),
    /** What the request itself told: user agent, place, the visitor's hash, when it was sent. */
    context: json("context").notNull(),
  },
  (table) => [primaryKey({ name: "raw_events_key", columns: [table.receivedAt, table.rawId] })],
);

/** BatchSelection events were accepted lately: whoever is first here is the event, all others are repetitions. */
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

/** What is not staged yet. */
export const rawPending = raw.table(
  "pending",
  {
    customerId: identifier("customer_id").notNull(),
    rawId: number(),
    receivedAt: instant("received_at").notNull(),
    /** How often it has been a dead letter. */
    attempts: integer("attempts").notNull().default(0),
  },
  (table) => [primaryKey({ name: "raw_pending_key", columns: [table.customerId, table.rawId] })],
);

/** Events that could not be taken further, each with the reason; their payload stands in `raw.events`. */
export const deadLetters = raw.table(
  "dead_letters",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    customerId: identifier("customer_id").notNull(),
    rawId: number(),
    receivedAt: instant("received_at").notNull(),
    eventId: identifier("event_id").notNull(),
    /** BatchSelection step it did not get through: `staging` or `business`. */
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
