import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/** Health checks write here to test that the database accepts writes (write-probe.ts). The table has at most one row. */
export const writeProbe = pgTable("write_probe", { n: integer("n").notNull() });

/**
 * The environment that this database belongs to. Production's builds write it, and preview builds write it into an empty
 * database of their own. A branch copies the row, but has another host (build-migration.ts).
 */
export const databaseOwner = pgTable(
  "database_owner",
  {
    id: integer("id").primaryKey(),
    environment: text("environment", { enum: ["production", "preview"] }).notNull(),
    /** `host:port/database`; the pooled and the unpooled address give one entry. */
    addresses: jsonb("addresses").$type<string[]>().notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (table) => [
    check("database_owner_one", sql`${table.id} = 1`),
    check("database_owner_environment", sql`${table.environment} in ('production', 'preview')`),
  ],
);
