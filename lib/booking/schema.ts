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

/** What slots are made from, and slots (domain, section 6). Bookings stand in booking-schema.ts. */

export const providers = pgTable("providers", {
  id: identifier("id").primaryKey(),
  name: text("name").notNull(),
  /** IANA name or fixed offset: where the hours below are local. */
  timezone: text("timezone").notNull(),
  active: boolean("active").notNull().default(true),
});

const ofProvider = () =>
  identifier("provider_id")
    .notNull()
    .references(() => providers.id, { onDelete: "cascade" });

export const services = pgTable(
  "services",
  {
    id: identifier("id").primaryKey(),
    providerId: ofProvider(),
    name: text("name").notNull(),
    durationMinutes: integer("duration_minutes").notNull(),
    bufferBefore: integer("buffer_before").notNull().default(0),
    bufferAfter: integer("buffer_after").notNull().default(0),
    price: numeric("price", { precision: 10, scale: 2, mode: "number" }).notNull(),
    minNoticeMinutes: integer("min_notice_minutes").notNull().default(0),
    /** Whether a booking waits as `pending` until the provider confirms it. */
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

/** Minutes since local midnight; an end at or before the start is the next day's. */
const startMinute = () => smallint("start_minute").notNull();
const endMinute = () => smallint("end_minute").notNull();

export const providerAvailability = pgTable(
  "provider_availability",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    providerId: ofProvider(),
    /** 0 = Monday. */
    weekday: smallint("weekday").notNull(),
    startMinute: startMinute(),
    endMinute: endMinute(),
    breakStartMinute: smallint("break_start_minute"),
    breakEndMinute: smallint("break_end_minute"),
  },
  (table) => [unique("provider_availability_window").on(table.providerId, table.weekday, table.startMinute)],
);

/** What is different on a date: `closed`, other `hours` (several make a day), or a `blocked` span with its reason. */
export const availabilityExceptions = pgTable(
  "availability_exceptions",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    providerId: ofProvider(),
    date: date("date", { mode: "string" }).notNull(),
    kind: text("kind").notNull(),
    /** Null where the whole day is closed. */
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
 * What can be booked. The exclusion constraint, by which no provider is booked (or held) for two overlapping slots, is
 * more than Drizzle can say: it stands in the migration. No foreign keys: their checks would cost more than the rows.
 * Who writes slots keeps their service in place meanwhile (maintain.ts), who deletes a service deletes them (setup).
 */
export const bookingSlots = pgTable(
  "booking_slots",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    serviceId: identifier("service_id").notNull(),
    providerId: identifier("provider_id").notNull(),
    /** The provider's date on which it starts. */
    localDate: date("local_date", { mode: "string" }).notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** With the buffers: how long the provider is taken. */
    busyFrom: instant("busy_from").notNull(),
    busyUntil: instant("busy_until").notNull(),
    capacity: integer("capacity").notNull(),
    bookedCount: integer("booked_count").notNull().default(0),
    /** Places held for a checkout, also those whose time is over until somebody clears them (holds.ts). */
    heldCount: integer("held_count").notNull().default(0),
    category: text("category").notNull(),
    rushFeePercent: smallint("rush_fee_percent").notNull(),
    /** Before the surcharge, and with it. */
    basePrice: numeric("base_price", { precision: 10, scale: 2, mode: "number" }).notNull(),
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

/** What was offered and booked on past days, since slots nobody booked do not stay. */
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
