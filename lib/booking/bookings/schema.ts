import { type SQL, sql } from "drizzle-orm";
import { bigint, check, index, integer, numeric, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { identifier, instant } from "../../db/columns.ts";
import { LANGUAGES } from "../../users/languages.ts";
import { CATEGORIES } from "../availability/surcharge.ts";
import { bookingSlots } from "../schema.ts";

export const BOOKING_STATUSES = ["pending", "confirmed", "cancelled", "completed", "no_show"] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** The statuses of a booking that has a place in its slot and may still be changed. */
export const OPEN_STATUSES = ["pending", "confirmed"] as const satisfies readonly BookingStatus[];

export const isOpen = (status: BookingStatus): boolean => OPEN_STATUSES.some((open) => open === status);

/** Text literals for the `in (…)` of a statement or constraint. The values are constants of this file. */
export const statusList = (statuses: readonly BookingStatus[]): SQL =>
  sql.raw(`(${statuses.map((status) => `'${status}'`).join(", ")})`);

/** Bookings copy everything they need, so a change to a service, a provider or a slot does not reach them. */
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
    category: text("category", { enum: CATEGORIES }).notNull(),
    customerName: text("customer_name").notNull(),
    customerEmail: text("customer_email").notNull(),
    language: text("language", { enum: LANGUAGES }).notNull(),
    /** The zone in which the customer reads times. */
    timezone: text("timezone").notNull(),
    status: text("status", { enum: BOOKING_STATUSES }).notNull(),
    /** The SEQUENCE of the .ics (RFC 5545): increases by one with each change. */
    sequence: integer("sequence").notNull().default(0),
    /** SHA-256 of the Idempotency-Key. */
    idempotencyKeyHash: text("idempotency_key_hash").notNull().unique(),
    /** SHA-256 of the request that came with the key. */
    requestHash: text("request_hash").notNull(),
    /** Random; the cancel token is derived from it and a secret (cancel-token.ts). */
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
    check("bookings_status", sql`${table.status} in ${statusList(BOOKING_STATUSES)}`),
  ],
);
export type Booking = typeof bookings.$inferSelect;
