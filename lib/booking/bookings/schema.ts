import { sql } from "drizzle-orm";
import { bigint, check, index, integer, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";
import { bookingSlots } from "../schema.ts";

/** Bookings keep their own copy of everything: no change to a service, a provider or a slot reaches them. */
export const bookings = pgTable(
  "bookings",
  {
    id: uuid("id").primaryKey(),
    slotId: bigint("slot_id", { mode: "number" }).references(() => bookingSlots.id, { onDelete: "set null" }),
    serviceId: identifier("service_id").notNull(),
    serviceName: text("service_name").notNull(),
    providerId: identifier("provider_id").notNull(),
    providerName: text("provider_name").notNull(),
    providerTimezone: text("provider_timezone").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    price: numeric("price", { precision: 10, scale: 2, mode: "number" }).notNull(),
    rushFeePercent: integer("rush_fee_percent").notNull(),
    category: text("category").notNull(),
    customerName: text("customer_name").notNull(),
    customerEmail: text("customer_email").notNull(),
    language: text("language").notNull(),
    /** The zone the customer reads times in. */
    timezone: text("timezone").notNull(),
    status: text("status").notNull(),
    /** RFC 5545: one more at each change. */
    sequence: integer("sequence").notNull().default(0),
    /** SHA-256 of the Idempotency-Key, and of what was asked for with it. */
    idempotencyKeyHash: text("idempotency_key_hash").notNull().unique(),
    requestHash: text("request_hash").notNull(),
    /** With the Idempotency-Key, and only with it, this makes the cancel token again. */
    tokenSalt: text("token_salt").notNull(),
    cancelTokenHash: text("cancel_token_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    cancelledAt: instant("cancelled_at"),
    cancelReason: text("cancel_reason"),
  },
  (table) => [
    index("bookings_slot").on(table.slotId),
    index("bookings_provider").on(table.providerId, table.startsAt),
    index("bookings_starts").on(table.startsAt),
    index("bookings_unconfirmed").on(table.endsAt).where(sql`${table.status} = 'pending'`),
    index("bookings_customers").on(table.endsAt).where(sql`${table.customerEmail} <> ''`),
    check("bookings_status", sql`${table.status} in ('pending', 'confirmed', 'cancelled', 'completed', 'no_show')`),
  ],
);
export type Booking = typeof bookings.$inferSelect;
