import { sql } from "drizzle-orm";
import { type Db, json, rows } from "../../db/db.ts";
import { type AppointmentData, appointmentKey } from "../appointment.ts";
import { type AppointmentRow, DATA_COLUMNS, parseRow } from "../appointment-columns.ts";
import type { DeletedEvent } from "./calendar-event.ts";

/**
 * Loads a template for each deleted event about which Google says nothing but its key: its own stored appointment, or else
 * the newest appointment of its series that is not cancelled.
 * @returns templates by appointment key. An event without a template is missing.
 */
export async function loadTemplates(tx: Db, deleted: DeletedEvent[]): Promise<Map<string, AppointmentData>> {
  if (deleted.length === 0) return new Map();
  const templates = await rows<AppointmentRow & { deletedKey: string }>(
    tx,
    sql`select deleted.key as "deletedKey", template.*
      from jsonb_to_recordset(${json(deleted.map((event) => ({ ...event, key: appointmentKey(event) })))}) as deleted
        (key text, "calendarId" text, "eventId" text, "originalStart" timestamptz, "seriesId" text)
      cross join lateral (
        select ${DATA_COLUMNS} from (
          (select 0 as preference, * from calendar_appointments as itself
            where title is not null and itself.calendar_id = deleted."calendarId" and itself.event_id = deleted."eventId"
              and itself.original_start is not distinct from deleted."originalStart")
          union all
          (select 1 as preference, * from calendar_appointments as other
            where title is not null and other.calendar_id = deleted."calendarId" and other.series_id = deleted."seriesId"
              and other.status <> 'cancelled'
            order by starts_at desc limit 1)) as candidates
        order by preference limit 1) as template`,
  );
  return new Map(templates.map(({ deletedKey, ...template }) => [deletedKey, parseRow(template)]));
}
