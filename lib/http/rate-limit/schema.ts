import { bigint, index, integer, pgTable, text } from "drizzle-orm/pg-core";

/**
 * The number of requests by caller and kind, in the form that `rate-limiter-flexible` expects. The table is unlogged (set in the
 * migration, because Drizzle cannot): counts of one minute need no write-ahead log, and may be lost in a crash.
 */
export const rateLimits = pgTable(
  "rate_limits",
  {
    /** The kind of requests, and a keyed hash of the caller (rate-limit.ts). */
    key: text("key").primaryKey(),
    points: integer("points").notNull().default(0),
    /** The end of the window, in milliseconds since the epoch. */
    expire: bigint("expire", { mode: "number" }),
  },
  (table) => [index("rate_limits_expire").on(table.expire)],
);
