import { type SQL, sql } from "drizzle-orm";
import { instantOf } from "../db/db.ts";
import type { Appointment, AppointmentData, AppointmentKey } from "./appointment.ts";

/** How the fields of an appointment map to the columns of `calendar_appointments`. */

export const KEY_COLUMNS = sql.raw("calendar_id, event_id, original_start");

/** For each field outside the key: its column, and the type that JSON is converted to. */
export const COLUMNS: Readonly<
  Record<Exclude<keyof Appointment, keyof AppointmentKey>, readonly [column: string, type: string]>
> = {
  seriesId: ["series_id", "text"],
  startsAt: ["starts_at", "timestamptz"],
  endsAt: ["ends_at", "timestamptz"],
  localDate: ["local_date", "date"],
  localHour: ["local_hour", "smallint"],
  allDay: ["all_day", "boolean"],
  status: ["status", "text"],
  eventType: ["event_type", "text"],
  title: ["title", "text"],
  colorId: ["color_id", "text"],
  organizer: ["organizer", "text"],
  bookedBy: ["booked_by", "text"],
  outcome: ["outcome", "text"],
  sold: ["sold", "boolean"],
  confidence: ["confidence", "text"],
  reason: ["reason", "text"],
  ruleVersion: ["rule_version", "smallint"],
  potential: ["potential", "text"],
  consultant: ["consultant", "text"],
  customerKey: ["customer_key", "text"],
  customerName: ["customer_name", "text"],
};

/** Writes one part of an SQL list for a field. */
export type ColumnWriter = (field: string, column: string, type: string) => string;

/** An SQL list with one part for each of some fields, separated by commas. */
export const columnList = (fields: readonly (keyof typeof COLUMNS)[], write: ColumnWriter): SQL =>
  sql.raw(fields.map((field) => write(field, ...COLUMNS[field])).join(", "));

/** The calendar's data in a row of the database; instants are texts. */
export type AppointmentRow = Omit<AppointmentData, "originalStart" | "startsAt" | "endsAt"> & {
  originalStart: string | null;
  startsAt: string;
  endsAt: string;
};

/** Selects the columns of an `AppointmentRow`. */
export const DATA_COLUMNS = sql.raw(`calendar_id as "calendarId", event_id as "eventId",
  original_start as "originalStart", series_id as "seriesId", starts_at as "startsAt", ends_at as "endsAt",
  local_date::text as "localDate", local_hour as "localHour", all_day as "allDay", status, event_type as "eventType",
  title, color_id as "colorId", organizer, booked_by as "bookedBy"`);

/** Converts the instants of a row. */
export const parseRow = ({ originalStart, startsAt, endsAt, ...row }: AppointmentRow): AppointmentData => ({
  ...row,
  originalStart: originalStart === null ? null : instantOf(originalStart),
  startsAt: instantOf(startsAt),
  endsAt: instantOf(endsAt),
});
