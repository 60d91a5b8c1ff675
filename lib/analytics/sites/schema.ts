import { boolean, customType, date, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";

/** Sites and their keys (docs/domain.md, section 8). Their events are in ingest/schema.ts and pipeline/*schema.ts. */

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const sites = pgTable("sites", {
  customerId: identifier("customer_id").primaryKey(),
  name: text("name").notNull(),
  /** Origins whose pages may send events and read reports. */
  allowedOrigins: text("allowed_origins").array().notNull().default([]),
  /** Decides where the days and hours of its reports begin. */
  timezone: text("timezone").notNull(),
  active: boolean("active").notNull().default(true),
  createdAt: instant("created_at").notNull(),
});

export const siteKeys = pgTable(
  "site_keys",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    customerId: identifier("customer_id")
      .notNull()
      .references(() => sites.customerId, { onDelete: "cascade" }),
    /** `write` sends events; `read` reads reports and starts processing. */
    kind: text("kind").notNull(),
    /** SHA-256 of the key in hex. A key is long and random, so no slower hash is needed. */
    hash: text("hash").notNull().unique(),
    /** Its last characters, by which people distinguish keys. */
    hint: text("hint").notNull(),
    createdAt: instant("created_at").notNull(),
    /** From this instant on the key is not valid: it was rotated or revoked. */
    expiresAt: instant("expires_at"),
  },
  (table) => [index("site_keys_customer").on(table.customerId)],
);

/** The salt of the visitor hash for each day (UTC). It is deleted after the day, so that no hash can be computed again. */
export const siteSalts = pgTable("site_salts", {
  day: date("day").primaryKey(),
  salt: bytes("salt").notNull(),
});
