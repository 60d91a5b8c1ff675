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

/** Attendance (domain, section 7): what stands in the calendars, and the figures of each day that follow from it. */

/** One row an appointment, however often it is moved or retitled. What is judged of it stands beside what it is judged by. */
export const calendarAppointments = pgTable(
  "calendar_appointments",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    calendarId: identifier("calendar_id").notNull(),
    eventId: identifier("event_id").notNull(),
    /** When an instance of a series would start by its series; null for an event of its own. */
    originalStart: instant("original_start"),
    /** The series that an instance is of. */
    seriesId: identifier("series_id"),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** Local to `TRACKING_TIMEZONE`: the day and the hour in which it counts. */
    localDate: date("local_date").notNull(),
    localHour: smallint("local_hour").notNull(),
    allDay: boolean("all_day").notNull(),
    status: text("status").notNull(),
    eventType: text("event_type").notNull(),
    /** Null once it is forgotten (retention.ts): then nothing of it is judged again. */
    title: text("title"),
    colorId: text("color_id"),
    organizer: text("organizer"),
    bookedBy: text("booked_by"),
    outcome: text("outcome").notNull(),
    sold: boolean("sold").notNull(),
    confidence: text("confidence").notNull(),
    reason: text("reason").notNull(),
    /** Of the rules it was judged by; 0 where an older system had judged it (import). */
    ruleVersion: smallint("rule_version").notNull(),
    potential: text("potential").notNull(),
    consultant: text("consultant").notNull(),
    customerKey: text("customer_key"),
    customerName: text("customer_name"),
    /** When the calendar was asked for what stands here. What was asked for later counts. */
    readAt: instant("read_at").notNull(),
    /** Since when the calendar has not had it any more where it was: moved out of sight, or gone. Such a one is not counted. */
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
 * The figures of each day that was read in full: a function of its appointments, unless they were imported as figures. A
 * day without a row has not been read; a day on which nothing was has a row of zeros.
 */
export const dailyMetrics = pgTable(
  "daily_metrics",
  {
    date: date("date").primaryKey(),
    totalSlots: count("total_slots"),
    completed: count("completed"),
    /** Null where an import does not say. */
    sold: integer("sold"),
    noShows: count("no_shows"),
    ghosts: count("ghosts"),
    cancelled: count("cancelled"),
    rescheduled: count("rescheduled"),
    overhang: count("overhang"),
    pending: count("pending"),
    /** The same counts by local hour (`09:00`), consultant and potential type: `{"09:00": {"total_slots": 3, …}, …}`. */
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
    /** Read after its end, with nothing pending any more. */
    final: boolean("final").notNull(),
    /** Where its figures are from: appointments of the calendars, imported ones, or imported figures. */
    source: text("source").notNull(),
    /** As of when it was last read in full. */
    readAt: instant("read_at").notNull(),
  },
  (table) => [check("daily_metrics_source", sql`${table.source} in ('calendar', 'outcomes', 'figures')`)],
);

/** How the last reading of each calendar went, for health and monitoring. */
export const calendarReadings = pgTable("calendar_readings", {
  calendarId: identifier("calendar_id").primaryKey(),
  succeededAt: instant("succeeded_at"),
  failedAt: instant("failed_at"),
  error: text("error"),
});

/** The shared rate of requests to Google: one row, so that whoever takes from it waits for whoever is taking (db/rate.ts). */
export const calendarRate = pgTable(
  "calendar_rate",
  { id: integer("id").primaryKey(), grants: jsonb("grants").notNull().default([]) },
  (table) => [check("calendar_rate_single", sql`${table.id} = 1`)],
);
