import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, rows, withInstants } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { calendarDate } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentDate, sentInstant } from "../../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { outcome, timezone } from "../response-schemas.ts";

const appointment = z
  .object({
    id: z.int(),
    calendarId: z.string(),
    eventId: z.string().meta({ description: "Google's id of the event." }),
    originalStart: sentInstant.nullable().meta({
      description: "When an instance of a series would start according to the series; null for a single event.",
    }),
    startsAt: sentInstant,
    endsAt: sentInstant,
    title: z.string().nullable().meta({ description: "Null after retention or an erasure." }),
    status: z.string().meta({ description: "Google's status of the event.", examples: ["confirmed"] }),
    colorId: z
      .string()
      .nullable()
      .meta({ description: "Google's number of the event's colour; null for the calendar's." }),
    potential: z.string().meta({ description: "What the colour says about the customer.", examples: ["top"] }),
    consultant: z.string(),
    customer: z.string().nullable().meta({ description: "The name in the title; null if there is none." }),
    outcome,
    sold: z.boolean(),
    reason: z.string().meta({ description: "What decided the outcome, for people." }),
    confidence: z.enum(["high", "low"]).meta({ description: "`low`: nothing in the calendar said what became of it." }),
    ruleVersion: z.int().meta({ description: "The version of the rules that decided; 0 for an imported appointment." }),
    counted: z.boolean().meta({ description: "Whether it counts: neither a placeholder nor gone from the calendar." }),
    goneAt: sentInstant.nullable().meta({ description: "Since when the calendar no longer has it on this day." }),
    readAt: sentInstant.meta({ description: "When the calendar was read." }),
  })
  .meta({ id: "Appointment", description: "An appointment of a calendar, with its outcome and the reason for it." });

const appointmentQuery = z.strictObject({
  date: calendarDate.meta({ description: "The local date on which the appointments start." }),
  outcome: outcome.optional(),
  ...pageQuery(sortKey(keyPart.instant, keyPart.whole), { most: 1_000, usual: 200 }),
});

export const listAppointments = operation({
  id: "listAppointments",
  method: "GET",
  path: "/api/tracking/appointments",
  access: viewers,
  summary: "Lists a day's appointments, each with its outcome and the reason for it.",
  description: "Also those that do not count: placeholders, and appointments that are gone from the calendar.",
  sampleQuery: { date: "2026-02-02" },
  query: appointmentQuery,
  responses: {
    200: {
      description: "The appointments by start.",
      schema: z
        .object({ date: sentDate, timezone, ...listOf("AppointmentPage", appointment).shape })
        .meta({ id: "AppointmentList", description: "Appointments of a day, by start." }),
    },
  },
  handle: async ({ db, query }) => {
    const appointments = await loadAppointments(db, query);
    return {
      date: query.date,
      timezone: config().tracking.zone,
      ...toPage(appointments, query.limit, ({ startsAt, id }) => [startsAt, id]),
    };
  },
});

/** Reads one appointment more than a page has, by start. */
async function loadAppointments(db: Db, { date, outcome, limit, cursor }: z.output<typeof appointmentQuery>) {
  const appointments = await rows<z.input<typeof appointment>>(
    db,
    sql`select id::float8 as id, calendar_id as "calendarId", event_id as "eventId", original_start as "originalStart",
        starts_at as "startsAt", ends_at as "endsAt", title, status, color_id as "colorId", potential, consultant,
        customer_name as customer, outcome, sold, reason, confidence, rule_version as "ruleVersion",
        outcome <> 'placeholder' and gone_at is null as counted, gone_at as "goneAt", read_at as "readAt"
      from calendar_appointments
      where local_date = ${date}::date and ${outcome === undefined ? sql`true` : sql`outcome = ${outcome}`}
        and ${cursor === undefined ? sql`true` : sql`(starts_at, id) > (${at(cursor[0])}, ${cursor[1]}::bigint)`}
      order by starts_at, calendar_appointments.id limit ${limit + 1}`,
  );
  return withInstants(appointments, "originalStart", "startsAt", "endsAt", "goneAt", "readAt");
}
