import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  smallint,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { identifier, instant } from "../db/columns.ts";
import { OUTCOMES } from "./classification/rules.ts";
import { RATES } from "./metrics/counts-and-rates.ts";

/** The tables of the attendance (docs/domain.md, section 7). */

/**
 * One row per appointment, even if it moves or gets another title: the calendar's data, and the classification that follows
 * from it.
 */
export const calendarAppointments = pgTable(
  "calendar_appointments",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    calendarId: identifier("calendar_id").notNull(),
    eventId: identifier("event_id").notNull(),
    /** When an instance of a series would start according to the series; null for a single event. */
    originalStart: instant("original_start"),
    /** The series of an instance. */
    seriesId: identifier("series_id"),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** The day and the hour in which it counts, in `TRACKING_TIMEZONE`. */
    localDate: date("local_date").notNull(),
    localHour: smallint("local_hour").notNull(),
    allDay: boolean("all_day").notNull(),
    status: text("status").notNull(),
    eventType: text("event_type").notNull(),
    /** Null after retention or an erasure. Then the appointment is never classified again. */
    title: text("title"),
    colorId: text("color_id"),
    organizer: text("organizer"),
    bookedBy: text("booked_by"),
    outcome: text("outcome").notNull(),
    sold: boolean("sold").notNull(),
    confidence: text("confidence").notNull(),
    reason: text("reason").notNull(),
    /** The version of the rules that decided; 0 if the older system did (import). */
    ruleVersion: smallint("rule_version").notNull(),
    potential: text("potential").notNull(),
    consultant: text("consultant").notNull(),
    customerKey: text("customer_key"),
    customerName: text("customer_name"),
    /** When the sync began that wrote this row. A sync that began earlier must not overwrite it. */
    readAt: instant("read_at").notNull(),
    /** Since when the calendar no longer has it on its day: moved away or deleted for good. Gone appointments do not count. */
    goneAt: instant("gone_at"),
  },
  (table) => [
    unique("calendar_appointments_event").on(table.calendarId, table.eventId, table.originalStart).nullsNotDistinct(),
    index("calendar_appointments_day").on(table.localDate, table.calendarId),
    index("calendar_appointments_series")
      .on(table.calendarId, table.seriesId)
      .where(sql`${table.seriesId} is not null`),
    index("calendar_appointments_kept").on(table.localDate).where(sql`${table.title} is not null`),
    check("calendar_appointments_outcome", sql.raw(`outcome in (${OUTCOMES.map((name) => `'${name}'`).join(", ")})`)),
    check("calendar_appointments_confidence", sql`${table.confidence} in ('high', 'low')`),
  ],
);

const count = (name: string) => integer(name).notNull();
const rate = (name: keyof typeof RATES) =>
  numeric(name, { precision: 5, scale: 2, mode: "number" }).generatedAlwaysAs(sql.raw(RATES[name]));

/**
 * The metrics of each day that was read in full. They follow from the day's appointments, unless they were imported. A day
 * without a row was not read; a day without appointments has a row of zeros.
 */
export const dailyMetrics = pgTable(
  "daily_metrics",
  {
    date: date("date").primaryKey(),
    totalSlots: count("total_slots"),
    completed: count("completed"),
    /** Null where an import does not state it. */
    sold: integer("sold"),
    noShows: count("no_shows"),
    ghosts: count("ghosts"),
    cancelled: count("cancelled"),
    rescheduled: count("rescheduled"),
    overhang: count("overhang"),
    pending: count("pending"),
    /** The same counts by local hour, consultant and potential type: `{"09:00": {"total_slots": 3, …}, …}`. */
    byHour: jsonb("by_hour").notNull(),
    byUser: jsonb("by_user").notNull(),
    byPotential: jsonb("by_potential").notNull(),
    showRate: rate("show_rate"),
    netShowRate: rate("net_show_rate"),
    successRate: rate("success_rate"),
    noShowRate: rate("no_show_rate"),
    ghostRate: rate("ghost_rate"),
    cancellationRate: rate("cancellation_rate"),
    completionRate: rate("completion_rate"),
    /** Whether the day was read after its end and has no pending appointment. */
    final: boolean("final").notNull(),
    /** `calendar`: appointments of the calendars; `outcomes`: imported appointments; `figures`: imported metrics. */
    source: text("source").notNull(),
    /** When the last sync began that read the day in full. */
    readAt: instant("read_at").notNull(),
  },
  (table) => [check("daily_metrics_source", sql`${table.source} in ('calendar', 'outcomes', 'figures')`)],
);

/** The result of each calendar's last sync, for health and monitoring. */
export const calendarReadings = pgTable("calendar_readings", {
  calendarId: identifier("calendar_id").primaryKey(),
  succeededAt: instant("succeeded_at"),
  failedAt: instant("failed_at"),
  error: text("error"),
});

/** The quota of requests to Google that all instances share (db/rate-grants.ts). One row, so that they wait for each other. */
export const calendarRate = pgTable(
  "calendar_rate",
  { id: integer("id").primaryKey(), grants: jsonb("grants").notNull().default([]) },
  (table) => [check("calendar_rate_single", sql`${table.id} = 1`)],
);
