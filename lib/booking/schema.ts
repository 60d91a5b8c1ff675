import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { identifier, instant } from "../db/columns.ts";
import { CATEGORIES } from "./availability/surcharge.ts";

/** The tables of the catalog and of slots (docs/domain.md, section 6). Bookings are in bookings/schema.ts. */

export const providers = pgTable("providers", {
  id: identifier("id").primaryKey(),
  name: text("name").notNull(),
  /** IANA name or fixed offset. All hours and dates of the provider are local to it. */
  timezone: text("timezone").notNull(),
  active: boolean("active").notNull().default(true),
});

const providerReference = () =>
  identifier("provider_id")
    .notNull()
    .references(() => providers.id, { onDelete: "cascade" });

export const services = pgTable(
  "services",
  {
    id: identifier("id").primaryKey(),
    providerId: providerReference(),
    name: text("name").notNull(),
    durationMinutes: integer("duration_minutes").notNull(),
    bufferBefore: integer("buffer_before").notNull().default(0),
    bufferAfter: integer("buffer_after").notNull().default(0),
    price: numeric("price", { precision: 10, scale: 2, mode: "number" }).notNull(),
    minNoticeMinutes: integer("min_notice_minutes").notNull().default(0),
    /** Whether bookings start as `pending` until an operator confirms them. */
    confirmationRequired: boolean("confirmation_required").notNull().default(false),
    active: boolean("active").notNull().default(true),
  },
  (table) => [
    index("services_provider").on(table.providerId),
    check(
      "services_minutes",
      sql`${table.durationMinutes} > 0 and ${table.bufferBefore} >= 0 and ${table.bufferAfter} >= 0`,
    ),
  ],
);

/** Minutes since local midnight. An end at or before the start is on the next day. */
const startMinute = () => smallint("start_minute").notNull();
const endMinute = () => smallint("end_minute").notNull();

export const providerAvailability = pgTable(
  "provider_availability",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    providerId: providerReference(),
    /** 0 = Monday. */
    weekday: smallint("weekday").notNull(),
    startMinute: startMinute(),
    endMinute: endMinute(),
    breakStartMinute: smallint("break_start_minute"),
    breakEndMinute: smallint("break_end_minute"),
  },
  (table) => [unique("provider_availability_window").on(table.providerId, table.weekday, table.startMinute)],
);

export const EXCEPTION_KINDS = ["closed", "hours", "blocked"] as const;

/** Exceptions on a date: `closed`, other `hours` (a date may have several), or a `blocked` span with its reason. */
export const availabilityExceptions = pgTable(
  "availability_exceptions",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    providerId: providerReference(),
    date: date("date", { mode: "string" }).notNull(),
    kind: text("kind", { enum: EXCEPTION_KINDS }).notNull(),
    /** Null for a closed day. */
    startMinute: smallint("start_minute"),
    endMinute: smallint("end_minute"),
    reason: text("reason"),
  },
  (table) => [
    unique("availability_exceptions_span")
      .on(table.providerId, table.date, table.kind, table.startMinute)
      .nullsNotDistinct(),
    check("availability_exceptions_kind", sql`${table.kind} in ('closed', 'hours', 'blocked')`),
    check("availability_exceptions_hours", sql`(${table.kind} = 'closed') = (${table.startMinute} is null)`),
  ],
);

export const serviceTimeSlots = pgTable(
  "service_time_slots",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    serviceId: identifier("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    weekday: smallint("weekday").notNull(),
    startMinute: startMinute(),
    endMinute: endMinute(),
    capacity: integer("capacity").notNull().default(1),
    peak: boolean("peak").notNull().default(false),
    priceMultiplier: numeric("price_multiplier", { precision: 5, scale: 2, mode: "number" }).notNull().default(1),
  },
  (table) => [unique("service_time_slots_start").on(table.serviceId, table.weekday, table.startMinute)],
);

/**
 * The slots that can be booked. Drizzle cannot express the exclusion constraint that keeps a provider from being booked
 * or held in two overlapping slots; it is in the migration. There are no foreign keys, because checking them would cost
 * more than writing the rows: maintenance locks the services whose slots it writes (slots/load-services.ts), and deleting
 * a service deletes its slots (catalog/delete-catalog.ts).
 */
export const bookingSlots = pgTable(
  "booking_slots",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    serviceId: identifier("service_id").notNull(),
    providerId: identifier("provider_id").notNull(),
    /** The provider's local date at the start. */
    localDate: date("local_date", { mode: "string" }).notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** The period with its buffers, in which the provider is busy. */
    busyFrom: instant("busy_from").notNull(),
    busyUntil: instant("busy_until").notNull(),
    capacity: integer("capacity").notNull(),
    bookedCount: integer("booked_count").notNull().default(0),
    /** Held places, including expired holds until they are released (free-slots/holds.ts). */
    heldCount: integer("held_count").notNull().default(0),
    category: text("category", { enum: CATEGORIES }).notNull(),
    rushFeePercent: smallint("rush_fee_percent").notNull(),
    /** The price before the surcharge. */
    basePrice: numeric("base_price", { precision: 10, scale: 2, mode: "number" }).notNull(),
    /** The price with the surcharge. */
    price: numeric("price", { precision: 10, scale: 2, mode: "number" }).notNull(),
  },
  (table) => [
    unique("booking_slots_start").on(table.serviceId, table.startsAt),
    index("booking_slots_provider").on(table.providerId, table.startsAt),
    check("booking_slots_capacity", sql`${table.bookedCount} + ${table.heldCount} <= ${table.capacity}`),
    check("booking_slots_counts", sql`${table.bookedCount} >= 0 and ${table.heldCount} >= 0`),
    check(
      "booking_slots_period",
      sql`${table.busyFrom} <= ${table.startsAt} and ${table.startsAt} < ${table.endsAt} and ${table.endsAt} <= ${table.busyUntil}`,
    ),
  ],
);

/** Places held during checkout. */
export const slotHolds = pgTable(
  "slot_holds",
  {
    id: uuid("id").primaryKey(),
    slotId: bigint("slot_id", { mode: "number" })
      .notNull()
      .references(() => bookingSlots.id, { onDelete: "cascade" }),
    providerId: identifier("provider_id").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    index("slot_holds_slot").on(table.slotId),
    index("slot_holds_expiry").on(table.providerId, table.expiresAt),
  ],
);

/** The offered and booked places of past days, whose slots are deleted. */
export const slotDays = pgTable(
  "slot_days",
  {
    serviceId: identifier("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    localDate: date("local_date", { mode: "string" }).notNull(),
    offered: integer("offered").notNull(),
    booked: integer("booked").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.localDate] })],
);
