import { boolean, customType, date, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";

/** Sites and their keys (domain, section 8). What they send stands in the three layers: raw-, staging-, business-schema.ts. */

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const sites = pgTable("sites", {
  customerId: identifier("customer_id").primaryKey(),
  name: text("name").notNull(),
  /** Origins whose pages may send and read. */
  allowedOrigins: text("allowed_origins").array().notNull().default([]),
  /** Where its days and hours begin. */
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
    /** `write` may send, `read` may read and have things processed. */
    kind: text("kind").notNull(),
    /** SHA-256 of the key, in hex: it is random and long, so that nothing slower is needed. */
    hash: text("hash").notNull().unique(),
    /** Its last characters, by which people tell keys apart. */
    hint: text("hint").notNull(),
    createdAt: instant("created_at").notNull(),
    /** From when on it opens nothing any more: rotated or revoked. */
    expiresAt: instant("expires_at"),
  },
  (table) => [index("site_keys_customer").on(table.customerId)],
);

/** What visitors without an id are hashed with, on one day (UTC). Gone with the day: then nobody can hash again. */
export const siteSalts = pgTable("site_salts", {
  day: date("day").primaryKey(),
  salt: bytes("salt").notNull(),
});
