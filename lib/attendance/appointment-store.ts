import { type SQL, sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../db/db.ts";
import { takeLock } from "../db/locks.ts";
import type { Appointment, Classification } from "./classification/classify-appointment.ts";
import type { AppointmentData, AppointmentKey, DeletedEvent } from "./google/calendar-event.ts";

/**
 * To be called first in a transaction that writes appointments or days: the figures of a day are computed from what is
 * there, and must not miss what another is just writing.
 */
export async function lockAttendance(tx: Db): Promise<void> {
  await takeLock(tx, "attendance");
}

const KEY = sql.raw("calendar_id, event_id, original_start");

/** Every field of an appointment but its key: its column, and the type in which it travels. */
const COLUMNS: Readonly<
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

type Item = (field: string, column: string, type: string) => string;

const list = (item: Item): SQL =>
  sql.raw(
    Object.entries(COLUMNS)
      .map(([field, [column, type]]) => item(field, column, type))
      .join(", "),
  );

const columnsOf = (row: "" | "old." | "excluded."): SQL => list((_, column) => `${row}${column}`);

/** A local date on which something is different now; on the one that an appointment was moved away from, nothing is new. */
export interface WrittenDate {
  date: string;
  added: number;
  changed: number;
}

/**
 * Whether the day of a row has been read in full since an instant: somebody has seen the row as it is, or seen that it is
 * gone, and has not written what did not change.
 */
const readLater = (row: "old" | "stored", since: SQL): SQL =>
  sql`exists (select from daily_metrics as day
    where day.date = ${sql.raw(row)}.local_date and day.source = 'calendar' and day.read_at > ${since})`;

/**
 * Writes appointments, each known by calendar, event and original start; those that are as they were are left alone, and so
 * are those that somebody has read later.
 * @param readAt When the calendar was asked.
 */
export function writeAppointments(tx: Db, appointments: Appointment[], readAt: Date): Promise<WrittenDate[]> {
  const unique = new Map(appointments.map((one) => [appointmentKey(one), one]));
  return rows(
    tx,
    sql`with given as (
        select "calendarId" as calendar_id, "eventId" as event_id, "originalStart" as original_start,
          ${list((field, column) => `"${field}" as ${column}`)}
        from json_to_recordset(${JSON.stringify([...unique.values()])}::json) as given
          ("calendarId" text, "eventId" text, "originalStart" timestamptz, ${list((field, _, type) => `"${field}" ${type}`)})
      ), before as (
        select old.calendar_id, old.event_id, old.original_start, old.local_date
        from calendar_appointments as old join given using (calendar_id, event_id)
        where old.original_start is not distinct from given.original_start
      ), written as (
        insert into calendar_appointments as old (${KEY}, ${columnsOf("")}, read_at)
        select ${KEY}, ${columnsOf("")}, ${at(readAt)} from given
        on conflict (${KEY}) do update set (${columnsOf("")}) = row (${columnsOf("excluded.")}),
          read_at = excluded.read_at, gone_at = null
        where old.read_at <= excluded.read_at and not ${readLater("old", sql`excluded.read_at`)}
          and (old.gone_at is not null or (${columnsOf("old.")}) is distinct from (${columnsOf("excluded.")}))
        returning ${KEY}, local_date, old.xmax = 0 as fresh
      )
      select local_date::text as date, (count(*) filter (where fresh))::int as added,
        (count(*) filter (where not fresh))::int as changed
      from (
        select local_date, fresh from written
        union all
        select before.local_date, null from before join written using (calendar_id, event_id)
        where before.original_start is not distinct from written.original_start
          and before.local_date <> written.local_date
      ) as touched
      group by local_date order by local_date`,
  );
}

/** Which appointment it is, as a text. */
export const appointmentKey = ({ calendarId, eventId, originalStart }: AppointmentKey): string =>
  JSON.stringify([calendarId, eventId, originalStart]);

/** Facts as Postgres hands them over. */
export type AppointmentRow = Omit<AppointmentData, "originalStart" | "startsAt" | "endsAt"> & {
  originalStart: string | null;
  startsAt: string;
  endsAt: string;
};

/** The columns of facts, under their fields' names. */
export const DATA_COLUMNS =
  sql.raw(`calendar_id as "calendarId", event_id as "eventId", original_start as "originalStart",
  series_id as "seriesId", starts_at as "startsAt", ends_at as "endsAt", local_date::text as "localDate",
  local_hour as "localHour", all_day as "allDay", status, event_type as "eventType", title, color_id as "colorId",
  organizer, booked_by as "bookedBy"`);

/** Facts with their instants. */
export const parseRow = ({ originalStart, startsAt, endsAt, ...stored }: AppointmentRow): AppointmentData => ({
  ...stored,
  originalStart: originalStart === null ? null : instantOf(originalStart),
  startsAt: instantOf(startsAt),
  endsAt: instantOf(endsAt),
});

/**
 * What is known of deleted events of which the calendar says nothing any more: each as it was, or where it never was seen,
 * the newest of its series that was not cancelled.
 */
export async function loadTemplates(tx: Db, remains: DeletedEvent[]): Promise<Map<string, AppointmentData>> {
  if (remains.length === 0) return new Map();
  const found = await rows<AppointmentRow & { of: string }>(
    tx,
    sql`select wanted.key as of, model.*
      from jsonb_to_recordset(${json(remains.map((one) => ({ ...one, key: appointmentKey(one) })))}) as wanted
        (key text, "calendarId" text, "eventId" text, "originalStart" timestamptz, "seriesId" text)
      cross join lateral (
        select ${DATA_COLUMNS} from (
          (select 0 as nth, * from calendar_appointments as itself
            where title is not null and itself.calendar_id = wanted."calendarId" and itself.event_id = wanted."eventId"
              and itself.original_start is not distinct from wanted."originalStart")
          union all
          (select 1 as nth, * from calendar_appointments as other
            where title is not null and other.calendar_id = wanted."calendarId" and other.series_id = wanted."seriesId"
              and other.status <> 'cancelled'
            order by starts_at desc limit 1)) as known
        order by nth limit 1) as model`,
  );
  return new Map(found.map(({ of, ...model }) => [of, parseRow(model)]));
}

/** A stored appointment, judged anew. */
export type Reclassified = { id: number } & Classification & Pick<AppointmentData, "localDate" | "localHour">;

const JUDGED = [
  "localDate",
  "localHour",
  "outcome",
  "sold",
  "confidence",
  "reason",
  "ruleVersion",
  "potential",
  "consultant",
  "customerKey",
  "customerName",
] as const satisfies readonly (keyof Reclassified)[];

/** Writes what is judged of stored appointments now. @returns the local dates of those of which something is different. */
export async function updateClassifications(tx: Db, judged: Reclassified[]): Promise<string[]> {
  const each = (item: Item) => sql.raw(JUDGED.map((field) => item(field, ...COLUMNS[field])).join(", "));
  const written = await rows<{ before: string; after: string }>(
    tx,
    sql`with given as (
        select * from json_to_recordset(${JSON.stringify(judged)}::json) as given
          (id bigint, ${each((field, _, type) => `"${field}" ${type}`)})
      ), before as (
        select id, local_date from calendar_appointments where id in (select id from given)
      ), written as (
        update calendar_appointments as old
        set (${each((_, column) => column)}) = row (${each((field) => `given."${field}"`)})
        from given where old.id = given.id
          and (${each((_, column) => `old.${column}`)}) is distinct from (${each((field) => `given."${field}"`)})
        returning old.id, old.local_date
      )
      select before.local_date::text as before, written.local_date::text as after from written join before using (id)`,
  );
  return written.flatMap(({ before, after }) => [before, after]);
}

/**
 * Takes out of the count what a full reading of days did not find any more: it was moved out of their sight, or is gone for
 * good. What is known to be cancelled stays so. One that turns up again counts again.
 * @param seen What the reading found.
 * @param readSince When it began: what somebody else has read since then is theirs to say.
 * @returns the local dates of those taken out.
 */
export async function markGone(
  tx: Db,
  calendarId: string,
  days: { first: string; last: string },
  seen: Pick<AppointmentKey, "eventId" | "originalStart">[],
  readSince: Date,
  now: Date,
): Promise<string[]> {
  const found = seen.map(({ eventId, originalStart }) => ({ event_id: eventId, original_start: originalStart }));
  const gone = await rows<{ date: string }>(
    tx,
    sql`with seen as materialized (
        select * from json_to_recordset(${JSON.stringify(found)}::json) as seen (event_id text, original_start timestamptz))
      update calendar_appointments as stored set gone_at = ${at(now)}
      where calendar_id = ${calendarId} and local_date between ${days.first}::date and ${days.last}::date
        and gone_at is null and status <> 'cancelled' and read_at <= ${at(readSince)}
        and not ${readLater("stored", at(readSince))}
        and (event_id, coalesce(original_start, '-infinity')) not in (
          select event_id, coalesce(original_start, '-infinity') from seen)
      returning local_date::text as date`,
  );
  return gone.map(({ date }) => date);
}
