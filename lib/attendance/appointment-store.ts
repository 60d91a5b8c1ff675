import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../db/db.ts";
import { takeLock } from "../db/locks.ts";
import { type Appointment, type AppointmentKey, appointmentKey } from "./appointment.ts";
import { COLUMNS, type ColumnWriter, columnList, KEY_COLUMNS } from "./appointment-columns.ts";

/** Writes `calendar_appointments`. Every caller holds the attendance lock. */

/** The `calendar_id` of imported appointments. */
export const IMPORT_CALENDAR = "import";

/**
 * Takes the attendance lock until the end of the transaction. Call it first in every transaction that writes appointments or
 * daily metrics. Otherwise the metrics of a day could miss appointments that another transaction is writing.
 */
export async function lockAttendance(tx: Db): Promise<void> {
  await takeLock(tx, "attendance");
}

const FIELDS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
const allColumns = (write: ColumnWriter): SQL => columnList(FIELDS, write);
const columnsOf = (row: "" | "old." | "excluded."): SQL => allColumns((_, column) => `${row}${column}`);

/** A local date with new or changed appointments. A date that an appointment has left has neither, but needs new metrics. */
export interface WrittenDate {
  date: string;
  added: number;
  changed: number;
}

/**
 * Condition: a sync that began later than an instant has read the row's day to the end. That sync knows the row better than
 * the caller, even if it left the row unchanged.
 */
const wasReadAfter = (row: "old" | "stored", instant: SQL): SQL =>
  sql`exists (select from daily_metrics as day
    where day.date = ${sql.raw(row)}.local_date and day.source = 'calendar' and day.read_at > ${instant})`;

/**
 * Inserts or updates appointments. Leaves a row alone if nothing differs, or if a sync that began later has read it.
 * @param readAt When the sync of this calendar began.
 * @returns the dates whose metrics must be recomputed, with counts, in order.
 */
export function writeAppointments(tx: Db, appointments: Appointment[], readAt: Date): Promise<WrittenDate[]> {
  // The same event may come twice, and one statement cannot update a row twice.
  const unique = new Map(appointments.map((appointment) => [appointmentKey(appointment), appointment]));
  return rows(
    tx,
    sql`with incoming as (
        select "calendarId" as calendar_id, "eventId" as event_id, "originalStart" as original_start,
          ${allColumns((field, column) => `"${field}" as ${column}`)}
        from json_to_recordset(${JSON.stringify([...unique.values()])}::json) as incoming
          ("calendarId" text, "eventId" text, "originalStart" timestamptz,
            ${allColumns((field, _, type) => `"${field}" ${type}`)})
      ), before as (
        select old.calendar_id, old.event_id, old.original_start, old.local_date
        from calendar_appointments as old join incoming using (calendar_id, event_id)
        where old.original_start is not distinct from incoming.original_start
      ), written as (
        insert into calendar_appointments as old (${KEY_COLUMNS}, ${columnsOf("")}, read_at)
        select ${KEY_COLUMNS}, ${columnsOf("")}, ${at(readAt)} from incoming
        on conflict (${KEY_COLUMNS}) do update set (${columnsOf("")}) = row (${columnsOf("excluded.")}),
          read_at = excluded.read_at, gone_at = null
        where old.read_at <= excluded.read_at and not ${wasReadAfter("old", sql`excluded.read_at`)}
          and (old.gone_at is not null or (${columnsOf("old.")}) is distinct from (${columnsOf("excluded.")}))
        returning ${KEY_COLUMNS}, local_date, old.xmax = 0 as inserted
      )
      select local_date::text as date, (count(*) filter (where inserted))::int as added,
        (count(*) filter (where not inserted))::int as changed
      from (
        select local_date, inserted from written
        union all
        select before.local_date, null from before join written using (calendar_id, event_id)
        where before.original_start is not distinct from written.original_start
          and before.local_date <> written.local_date
      ) as touched
      group by local_date order by local_date`,
  );
}

/**
 * Marks the appointments of some days that the sync did not find as gone: they were moved out of the range or deleted for
 * good. Gone appointments do not count until a calendar shows them again. Cancelled appointments stay cancelled.
 * @param days The local dates that were read in full, both inclusive.
 * @param seen What the sync found.
 * @param syncStart When the sync of this calendar began. Rows that a later sync has read stay as they are.
 * @returns the local dates of the appointments that are gone now, one for each.
 */
export async function markGone(
  tx: Db,
  calendarId: string,
  days: { first: string; last: string },
  seen: Pick<AppointmentKey, "eventId" | "originalStart">[],
  syncStart: Date,
  now: Date,
): Promise<string[]> {
  const keys = seen.map(({ eventId, originalStart }) => ({ event_id: eventId, original_start: originalStart }));
  const gone = await rows<{ date: string }>(
    tx,
    sql`with seen as materialized (
        select * from json_to_recordset(${JSON.stringify(keys)}::json) as seen (event_id text, original_start timestamptz))
      update calendar_appointments as stored set gone_at = ${at(now)}
      where calendar_id = ${calendarId} and local_date between ${days.first}::date and ${days.last}::date
        and gone_at is null and status <> 'cancelled' and read_at <= ${at(syncStart)}
        and not ${wasReadAfter("stored", at(syncStart))}
        and (event_id, coalesce(original_start, '-infinity')) not in (
          select event_id, coalesce(original_start, '-infinity') from seen)
      returning local_date::text as date`,
  );
  return gone.map(({ date }) => date);
}

/** Deletes the imported appointments of some local dates, because the calendars or a newer file replace them. */
export async function deleteImported(tx: Db, dates: string[]): Promise<void> {
  await rows(
    tx,
    sql`delete from calendar_appointments where calendar_id = ${IMPORT_CALENDAR}
      and local_date in (select jsonb_array_elements_text(${json(dates)})::date)`,
  );
}
