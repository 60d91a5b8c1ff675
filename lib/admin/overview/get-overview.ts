import * as z from "zod";
import { findConflicts } from "../../booking/metrics/conflicts.ts";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { count, sentInstant } from "../../http/responses/fields.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { attendanceFigures, readAttendanceFigures } from "./attendance-figures.ts";
import { attentionItem, listAttention, needsJudging, readOpenIncidents, readRequests } from "./attention.ts";
import { bookingFigures, readBookingFigures } from "./booking-figures.ts";
import { mailFigures, readMailFigures } from "./mail-figures.ts";
import { findNextRun, lastNight, nextRun, readLastNight, readPunctuality, runPunctuality } from "./run-figures.ts";
import { readSiteFigures, siteFigures } from "./site-figures.ts";
import { readWeekFigures, weekFigures } from "./week-figures.ts";

const waiting = z
  .object({
    bookings: count.meta({ description: "Bookings in conflict, and requests." }),
    attendance: count.meta({ description: "Appointments without an outcome, if they are more than 10 % of the week." }),
    mail: count.meta({ description: "Mails refused in the last 24 hours, and those with an unknown delivery." }),
    incidents: count.meta({ description: "Open incidents that nobody acknowledged." }),
  })
  .meta({ id: "WaitingCounts", description: "What waits for a person, by area." });

const overview = z
  .object({
    at: sentInstant.meta({ description: "When it was read." }),
    timezone: z.string().meta({ description: "The zone of dates and of the night (`EVENTS_TIMEZONE`)." }),
    waiting,
    attention: z
      .array(attentionItem)
      .meta({ description: "What waits for a person, the most urgent first. Of requests the three soonest." }),
    runs: z.object({ last24Hours: runPunctuality, nextRun }),
    conflicts: count.meta({ description: "The bookings on closed days and in blocked spans." }),
    requests: count.meta({ description: "The upcoming bookings that wait for their confirmation." }),
    bookings: bookingFigures,
    attendance: attendanceFigures,
    site: siteFigures,
    mail: mailFigures,
    lastNight,
    week: weekFigures.nullable().meta({ description: "The newest evaluated week; null if there is none." }),
  })
  .meta({ id: "Overview", description: "What waits for an operator, and the newest figures of every area." });

const getOverview = (jobs: JobRegistry) =>
  operation({
    id: "getOverview",
    method: "GET",
    path: "/api/admin/overview",
    access: viewers,
    summary: "Shows what waits for an operator, and the newest figures of every area, as the console opens with them.",
    responses: { 200: { description: "The overview.", schema: overview } },
    handle: ({ db, now }) => readOverview(db, jobs, now),
  });

export const operations = (jobs: JobRegistry) => [getOverview(jobs)];

/** Reads all parts side by side; each reads its own tables. */
async function readOverview(db: Db, jobs: JobRegistry, now: Date): Promise<z.input<typeof overview>> {
  const [incidents, conflicts, requests, punctuality, bookings, attendance, site, mail, night, week] =
    await Promise.all([
      readOpenIncidents(db),
      findConflicts(db, now),
      readRequests(db, now),
      readPunctuality(db, jobs, now),
      readBookingFigures(db, now),
      readAttendanceFigures(db, now),
      readSiteFigures(db, now),
      readMailFigures(db, jobs, now),
      readLastNight(db, jobs, now),
      readWeekFigures(db),
    ]);
  const inConflict = conflicts.reduce((sum, { bookings }) => sum + bookings, 0);
  const { last24Hours, queue } = mail;
  return {
    at: now,
    timezone: config().timeZone,
    waiting: {
      bookings: inConflict + requests.waiting,
      attendance: needsJudging(attendance.unjudged) ? attendance.unjudged.count : 0,
      mail: last24Hours.refused + queue.deliveryUnknown,
      incidents: incidents.filter(({ acknowledged }) => acknowledged === null).length,
    },
    attention: listAttention(incidents, conflicts, requests, last24Hours, attendance.unjudged),
    runs: { last24Hours: punctuality, nextRun: findNextRun(jobs, now) },
    conflicts: inConflict,
    requests: requests.waiting,
    bookings,
    attendance,
    site,
    mail,
    lastNight: night,
    week,
  };
}
