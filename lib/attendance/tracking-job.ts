import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../config/config.ts";
import { type Db, row, rows } from "../db/db.ts";
import { AppError, fieldError } from "../errors.ts";
import { calendarDate, flag } from "../http/fields.ts";
import type { OccurrenceJob, RunResult } from "../jobs/job.ts";
import { countDays } from "../time/dates.ts";
import { localDate } from "../time/periods.ts";
import { wallClock } from "../time/wall-clock.ts";
import { reclassifyOutdated } from "./classification/reclassify.ts";
import { loadServiceAccount, type ServiceAccount } from "./google/credentials.ts";
import { syncRange, type TrackingRun } from "./google/sync-range.ts";
import { loadTrackingDetails } from "./google/sync-report.ts";
import { NO_COUNTS, type TrackingContext, type TrackingState } from "./google/sync-state.ts";
import { dailyWindow, nextRange } from "./google/sync-window.ts";
import { queueWeeklyReport } from "./report/weekly-report.ts";

const LONGEST_DAYS = 3_660;

const parameters = z
  .strictObject({
    date: calendarDate.optional(),
    start: calendarDate.optional(),
    end: calendarDate.optional(),
    dryRun: flag,
    force: flag,
  })
  .refine(({ date, start, end }) => date === undefined || (start ?? end) === undefined, {
    path: ["date"],
    error: "either this or start and end",
  })
  .refine(({ start, end }) => end === undefined || start !== undefined, {
    path: ["start"],
    error: "a calendar date YYYY-MM-DD together with end",
  })
  .refine(({ start, end }) => start === undefined || end === undefined || start <= end, {
    path: ["end"],
    error: "a date that is not before start",
  });

type Parameters = z.output<typeof parameters>;

/** Keeps the attendance as the calendars have it (domain, section 7): the last 14 days, a date, or a backfill. */
export const calendarTracking: OccurrenceJob<TrackingState, Parameters> = {
  name: "calendar-tracking",
  command: "tracking",
  path: "/api/events/tracking",
  summary: "Reads the calendars again and computes the attendance: the last 14 days, a date, or a span.",
  parameters,
  check: async (_db, given, now) => requirePast(given, localDate(now, config().tracking.zone)),
  run: track,
};

/** @throws AppError `invalid-parameter` for days still to come, and for more of them than anybody has. */
function requirePast({ date, start, end }: Parameters, today: string): void {
  for (const [field, value] of Object.entries({ date, start, end })) {
    if (value !== undefined && value > today) {
      throw fieldError("invalid-parameter", { field, expected: `a date up to today (${today})`, got: value });
    }
  }
  const days = start === undefined ? 0 : countDays(start, end ?? today);
  if (days <= LONGEST_DAYS) return;
  throw fieldError("invalid-parameter", {
    field: "start",
    expected: `at most ${LONGEST_DAYS} days`,
    got: `${days} days`,
  });
}

async function track(context: TrackingContext, given: Parameters): Promise<RunResult> {
  const { tracking } = config();
  if (tracking.calendarIds.length === 0 && tracking.credentials === undefined) {
    return {
      counts: { disabled: true },
      details: { detail: "GOOGLE_CALENDAR_IDS and GOOGLE_CREDS_BASE64 are not set" },
    };
  }
  if (tracking.calendarIds.length === 0) {
    const expected =
      "the ids of the calendars to read, comma-separated (Google Calendar, Settings, Integrate calendar)";
    throw new AppError("not-configured", `GOOGLE_CALENDAR_IDS: expected ${expected}, got nothing`);
  }
  const run = await begin(context, given, loadServiceAccount());
  for (let range = await following(run); range !== undefined; range = await following(run)) await syncRange(run, range);
  await reclassifyOutdated(run);
  const report = await queueWeeklyReport(run);
  const { first, last, total, counts } = run.state;
  const daysSkipped = total - counts.daysRead;
  return {
    counts: { start: first, end: last, daysSkipped, ...counts, report },
    details: { ...(await loadTrackingDetails(run)) },
  };
}

async function begin(context: TrackingContext, given: Parameters, account: ServiceAccount): Promise<TrackingRun> {
  const { calendarIds, consultants, zone, apiUrl } = config().tracking;
  const { createGoogleClient } = await import("./google/google-client.ts");
  const state = context.state ?? (await firstState(context.db, given, localDate(context.now, zone)));
  const layDown = async (): Promise<never> => {
    await context.checkpoint(async () => run.state);
    throw new Error("expected the checkpoint to end an invocation whose time is up");
  };
  const google = createGoogleClient(account, apiUrl);
  const run: TrackingRun = {
    context,
    reader: { context, google, email: account.email, layDown, requests: state.counts.requests },
    calendarIds,
    consultants,
    zone,
    clock: wallClock(zone),
    state,
    changes: new Map(),
  };
  return run;
}

/** What a run is about, once and for all its continuations. */
async function firstState(db: Db, { date, start, end, force }: Parameters, today: string): Promise<TrackingState> {
  const about = (first: string, last: string, all: boolean, outOfReach = 0): TrackingState => ({
    done: 0,
    total: countDays(first, last),
    first,
    last,
    next: first,
    all,
    judgedUpTo: null,
    counts: { ...NO_COUNTS, daysOutOfReach: outOfReach },
  });
  if (date !== undefined) return about(date, date, true);
  if (start !== undefined) return about(start, end ?? today, force);
  const window = dailyWindow(await oldestOpen(db, today), today);
  return about(window.first, today, true, window.outOfReach);
}

/**
 * The oldest day that is not final, whether it was read or not: since the first one that a calendar was read for; where none
 * was yet, since what was imported.
 */
async function oldestOpen(db: Db, today: string): Promise<string | null> {
  const { date } = await row<{ date: string | null }>(
    db,
    sql`select min(day)::date::text as date
      from (select coalesce(min(date) filter (where source = 'calendar'), max(date) filter (where final) + 1) as first
        from daily_metrics) as tracked
      cross join generate_series(tracked.first, ${today}::date, interval '1 day') as day
      where not exists (select from daily_metrics where date = day::date and final)`,
  );
  return date;
}

/** The days to be read next; what is final is skipped, unless all are wanted. */
async function following({ context, state }: TrackingRun): Promise<{ first: string; last: string } | undefined> {
  const { next, last, all } = state;
  return nextRange(next, last, new Set(all ? [] : await finalDays(context.db, next, last)));
}

async function finalDays(db: Db, first: string, last: string): Promise<string[]> {
  const found = await rows<{ date: string }>(
    db,
    sql`select date::text as date from daily_metrics where final and date between ${first}::date and ${last}::date`,
  );
  return found.map(({ date }) => date);
}
