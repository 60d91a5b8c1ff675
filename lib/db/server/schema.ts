import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/** What health writes to see that the database takes writes (write-probe.ts): at most one row, which says nothing. */
export const writeProbe = pgTable("write_probe", { n: integer("n").notNull() });

/**
 * Which deployments' database this is: written by production's builds, and by preview builds into a database of their own
 * that was empty. A branch copies the row, but has another host (build-migration.ts).
 */
export const databaseOwner = pgTable(
  "database_owner",
  {
    id: integer("id").primaryKey(),
    environment: text("environment", { enum: ["production", "preview"] }).notNull(),
    /** `host:port/database`, pooled and unpooled ones as one name. */
    addresses: jsonb("addresses").$type<string[]>().notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (table) => [
    check("database_owner_one", sql`${table.id} = 1`),
    check("database_owner_environment", sql`${table.environment} in ('production', 'preview')`),
  ],
);
