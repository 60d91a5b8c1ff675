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
import { MAX_RANGE_DAYS } from "./metrics/query-range.ts";
import { queueWeeklyReport } from "./report/weekly-report.ts";
import { trackingResult } from "./tracking-result.ts";

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

/** Reads the calendars and computes the attendance: the last 14 days, a date, or a backfill (docs/domain.md, section 7). */
export const calendarTracking: OccurrenceJob<TrackingState, Parameters> = {
  name: "calendar-tracking",
  command: "tracking",
  path: "/api/events/tracking",
  summary: "Reads the calendars again and computes the attendance: the last 14 days, a date, or a range of days.",
  parameters,
  result: trackingResult,
  check: async (_db, params, now) => requirePastDates(params, localDate(now, config().tracking.zone)),
  run: runTracking,
};

/** @throws AppError `invalid-parameter` for a date after today, and for more than 3,660 days. */
function requirePastDates({ date, start, end }: Parameters, today: string): void {
  for (const [field, value] of Object.entries({ date, start, end })) {
    if (value !== undefined && value > today) {
      throw fieldError("invalid-parameter", { field, expected: `a date up to today (${today})`, got: value });
    }
  }
  const days = start === undefined ? 0 : countDays(start, end ?? today);
  if (days <= MAX_RANGE_DAYS) return;
  throw fieldError("invalid-parameter", {
    field: "start",
    expected: `at most ${MAX_RANGE_DAYS} days`,
    got: `${days} days`,
  });
}

async function runTracking(context: TrackingContext, params: Parameters): Promise<RunResult> {
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
  context.step("plan-days");
  const run = await startRun(context, params, loadServiceAccount());
  for (let range = await findNextRange(run); range !== undefined; range = await findNextRange(run)) {
    await syncRange(run, range);
  }
  context.step("reclassify-appointments");
  await reclassifyOutdated(run);
  context.step("queue-report");
  const report = await queueWeeklyReport(run);
  const { first, last, total, counts } = run.state;
  const daysSkipped = total - counts.daysRead;
  return {
    counts: { start: first, end: last, daysSkipped, ...counts, report },
    details: { ...(await loadTrackingDetails(run)) },
  };
}

async function startRun(context: TrackingContext, params: Parameters, account: ServiceAccount): Promise<TrackingRun> {
  const { calendarIds, consultants, zone, apiUrl } = config().tracking;
  const { createGoogleClient } = await import("./google/google-client.ts");
  const state = context.state ?? (await createState(context.db, params, localDate(context.now, zone)));
  const pauseRun = async (): Promise<never> => {
    await context.checkpoint(async () => run.state);
    throw new Error("expected the checkpoint to end an invocation whose time is up");
  };
  const google = createGoogleClient(account, apiUrl);
  const run: TrackingRun = {
    context,
    reader: { context, google, email: account.email, pauseRun, requests: state.counts.requests },
    calendarIds,
    consultants,
    zone,
    clock: wallClock(zone),
    state,
    changes: new Map(),
  };
  return run;
}

/** Decides once, for all continuations of a run, which days it reads. */
async function createState(db: Db, { date, start, end, force }: Parameters, today: string): Promise<TrackingState> {
  const stateFor = (first: string, last: string, all: boolean, outOfReach = 0): TrackingState => ({
    done: 0,
    total: countDays(first, last),
    first,
    last,
    next: first,
    all,
    judgedUpTo: null,
    counts: { ...NO_COUNTS, daysOutOfReach: outOfReach },
  });
  if (date !== undefined) return stateFor(date, date, true);
  if (start !== undefined) return stateFor(start, end ?? today, force);
  const window = dailyWindow(await findOldestOpenDay(db, today), today);
  return stateFor(window.first, today, true, window.outOfReach);
}

/**
 * The oldest day that is not final, read or not. Starts at the first day that was read from a calendar, or, if none was, after
 * the last imported day that is final.
 */
async function findOldestOpenDay(db: Db, today: string): Promise<string | null> {
  const { date } = await row<{ date: string | null }>(
    db,
    sql`select min(day)::date::text as date
      from (select coalesce(min(date) filter (where source = 'calendar'), max(date) filter (where final) + 1) as first
        from daily_metrics) as tracked
      cross join generate_series(tracked.first::timestamp, ${today}::timestamp, interval '1 day') as day
      where not exists (select from daily_metrics where date = day::date and final)`,
  );
  return date;
}

/** The next days to read. Skips final days, unless the run reads all days. */
async function findNextRange({ context, state }: TrackingRun): Promise<{ first: string; last: string } | undefined> {
  const { next, last, all } = state;
  return nextRange(next, last, new Set(all ? [] : await loadFinalDays(context.db, next, last)));
}

async function loadFinalDays(db: Db, first: string, last: string): Promise<string[]> {
  const days = await rows<{ date: string }>(
    db,
    sql`select date::text as date from daily_metrics where final and date between ${first}::date and ${last}::date`,
  );
  return days.map(({ date }) => date);
}
