import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { type Db, rows, withInstants } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { calendarDate } from "../../http/fields.ts";
import { OUTCOMES } from "../classification/rules.ts";

const MAX_APPOINTMENTS = 1_000;

/** `GET /api/tracking/appointments?date&outcome`: a day's appointments, each with its outcome and the reason for it. */
export const trackingAppointmentsRoute = defineRoute({
  GET: method({
    summary: "A day's appointments, each with its outcome and the reason for it.",
    query: z.strictObject({
      date: calendarDate,
      outcome: z.enum(OUTCOMES, { error: `one of ${OUTCOMES.join(", ")}` }).optional(),
    }),
    handle: async ({ db, query: { date, outcome } }) => {
      const condition = outcome === undefined ? sql`true` : sql`outcome = ${outcome}`;
      const appointments = await loadAppointments(db, sql`local_date = ${date}::date and ${condition}`);
      return {
        status: "ok",
        date,
        timezone: config().tracking.zone,
        appointments: appointments.slice(0, MAX_APPOINTMENTS),
        truncated: appointments.length > MAX_APPOINTMENTS,
      };
    },
  }),
});

/** Ordered by start. `counted` means: neither a placeholder nor gone from the calendar. */
async function loadAppointments(db: Db, condition: SQL) {
  const appointments = await rows<Record<string, unknown>>(
    db,
    sql`select id::int, calendar_id as "calendarId", event_id as "eventId", original_start as "originalStart",
        starts_at as "startsAt", ends_at as "endsAt", title, status, color_id as "colorId", potential, consultant,
        customer_name as customer, outcome, sold, reason, confidence, rule_version as "ruleVersion",
        outcome <> 'placeholder' and gone_at is null as counted, gone_at as "goneAt", read_at as "readAt"
      from calendar_appointments where ${condition} order by starts_at, calendar_id, event_id limit ${MAX_APPOINTMENTS + 1}`,
  );
  return withInstants(appointments, "originalStart", "startsAt", "endsAt", "goneAt", "readAt");
}
