import { bigint, index, integer, pgTable, text } from "drizzle-orm/pg-core";

/**
 * Who has made how many requests of a kind, in the form that `rate-limiter-flexible` expects. Unlogged (the migration says
 * so, as Drizzle cannot): a minute's counts are worth no write-ahead log, and are gone after a crash.
 */
export const rateLimits = pgTable(
  "rate_limits",
  {
    /** A keyed hash of the caller, and what of theirs is counted (rate-limit.ts). */
    key: text("key").primaryKey(),
    points: integer("points").notNull().default(0),
    /** Until when, in milliseconds since the epoch. */
    expire: bigint("expire", { mode: "number" }),
  },
  (table) => [index("rate_limits_expire").on(table.expire)],
);
