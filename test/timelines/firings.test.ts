import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import type { Connection } from "../../lib/db/connection.ts";
import type { Db } from "../../lib/db/db.ts";
import type { PeriodReport } from "../../lib/jobs/period.ts";
import { nextFiring, schedulesOf } from "../../lib/jobs/schedule.ts";
import { jobRuns } from "../../lib/jobs/schema.ts";
import { emailQueue } from "../../lib/mail/schema.ts";
import { endedPeriods, newestEnded, periodContaining } from "../../lib/time/periods.ts";
import { empty, freshPostgres } from "../support/database/databases.ts";
import { fireWeekly } from "../support/jobs/invoke-weekly.ts";
import { addUsers } from "../worlds/club.ts";

const SETTINGS = { EVENTS_BASE_URL: "http://127.0.0.1", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-tests" };

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"];
const DAY = 86_400_000;
const HOUR = DAY / 24;
const REACH = 4;

/** First Sunday and number of weeks: changes of clocks in New York, Berlin and Lord Howe, year's end, 29 February. */
const SPANS = [
  { span: "clocks change in spring", sunday: "2026-03-08", weeks: 5 },
  { span: "clocks change in autumn", sunday: "2026-10-04", weeks: 5 },
  { span: "the year ends", sunday: "2026-12-20", weeks: 3 },
  { span: "there is a 29 February", sunday: "2028-02-20", weeks: 3 },
];

/** One weekend's firings of the crons `0 23 * * 0` and `5 0,6,12 * * 1`, in UTC. */
function weekend(sunday: string, week: number): Date[] {
  const midnight = Date.parse(`${sunday}T00:00Z`) + 7 * week * DAY;
  return [23, 24 + 5 / 60, 30 + 5 / 60, 36 + 5 / 60].map((hours) => new Date(Math.round(midnight + hours * HOUR)));
}

/** What becomes of the firings of the n-th weekend. */
const PATTERNS: { pattern: string; of: (firings: Date[], week: number) => Date[] }[] = [
  { pattern: "all of them", of: (firings) => firings },
  { pattern: "each twice", of: (firings) => firings.flatMap((firing) => [firing, firing]) },
  { pattern: "only the first, which is early in some zones", of: ([first]) => [first!] },
  { pattern: "only the last, twelve hours late", of: (firings) => [firings.at(-1)!] },
  { pattern: "none on one weekend", of: (firings, week) => (week === 1 ? [] : firings) },
  {
    pattern: "with delays, and in the wrong order",
    of: ([a, b, c, d]) => [b!, a!, d!, new Date(Number(d) + 40 * HOUR), c!],
  },
];

/** Every other pattern, such that each zone and each span meets all of them. */
const patternsFor = (zone: string, span: number) =>
  PATTERNS.filter((_, pattern) => (pattern + span + ZONES.indexOf(zone)) % 2 === 0);

describe("firings of the weekly crons", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await empty(db);
    await addUsers(db, "ada", { id: "bob", preferences: { notifications: { email: false } } });
  });

  describe.each(ZONES)("in %s", (zone) => {
    beforeAll(() => void configure({ ...SETTINGS, EVENTS_TIMEZONE: zone }));

    describe.each(SPANS.map((span, n) => ({ ...span, patterns: patternsFor(zone, n) })))(
      "where $span",
      ({ sunday, weeks, patterns }) => {
        it.each(patterns)("evaluate every week exactly once, after its end: $pattern", async ({ of }) => {
          const firings = Array.from({ length: weeks }, (_, week) => of(weekend(sunday, week), week)).flat();
          const done: number[] = [];
          for (const firing of firings) {
            const newest = newestEnded("week", firing, zone);
            const wasDone = done.includes(Number(newest.end));
            const report = await fireWeekly(db, firing.toISOString(), {}, { zone });
            const evaluated = evaluatedIn(report);
            expect(evaluated.filter((end) => end > Number(firing))).toEqual([]);
            done.push(...evaluated);
            expect(done).toContain(Number(newest.end));
            if (wasDone)
              expect(report.main.outcome).toMatchObject({ status: "skipped", reason: reasonAt(firing, zone) });
          }
          const reachable = firings.flatMap((firing) => endedPeriods("week", firing, zone, REACH));
          const expected = [...new Set(reachable.map(({ end }) => Number(end)))].sort((a, b) => a - b);
          expect(done.toSorted((a, b) => a - b)).toEqual(expected);

          const runs = await db.select().from(jobRuns).orderBy(asc(jobRuns.scheduledFor));
          expect(runs.map(({ scheduledFor }) => Number(scheduledFor))).toEqual(expected);
          const states = new Set(runs.map(({ status, attempt }) => `${status} in attempt ${attempt}`));
          expect([...states]).toEqual(["completed in attempt 1"]);
        });
      },
    );

    it("that come before the local end of the week answer not-due and leave it to a later one", async () => {
      await fireWeekly(db, "2026-02-02T13:00:00Z", {}, { zone });
      const [, , , noon] = weekend("2026-02-08", 0);
      const week = newestEnded("week", noon!, zone);
      const early = new Date(Number(week.end) - 1);
      expect(await fireWeekly(db, early.toISOString(), {}, { zone })).toMatchObject({
        main: { outcome: { status: "skipped", reason: "not-due" } },
        older: [],
      });
      const report = await fireWeekly(db, week.end.toISOString(), {}, { zone });
      expect(report).toMatchObject({ main: { period: week, outcome: { status: "completed" } }, older: [] });
    });

    it("after seven weeks of silence evaluate four weeks, put three on record as missed, and send mail for one", async () => {
      const [, , , before] = weekend("2026-02-08", 0);
      const [, , , after] = weekend("2026-02-08", 7);
      await fireWeekly(db, before!.toISOString(), {}, { zone });
      const { main, older } = await fireWeekly(db, after!.toISOString(), {}, { zone });
      const weeks = endedPeriods("week", after!, zone, 7);
      expect(older.map(({ period }) => period)).toEqual(weeks.slice(3, 6)); // oldest first
      expect(main).toMatchObject({ period: weeks[6], outcome: { status: "completed" } });

      const runs = await db.select().from(jobRuns).orderBy(asc(jobRuns.scheduledFor));
      const silent = runs.slice(-7);
      expect(silent.map(({ scheduledFor }) => scheduledFor)).toEqual(weeks.map(({ end }) => end));
      for (const missed of silent.slice(0, 3)) {
        expect(missed).toMatchObject({ status: "failed", metadata: { missed: true } });
        expect(missed.metadata).toHaveProperty("reason", expect.stringContaining("out of reach"));
      }
      expect(silent.slice(3).map(({ status, trigger }) => [status, trigger])).toEqual([
        ["completed", "catch-up"],
        ["completed", "catch-up"],
        ["completed", "catch-up"],
        ["completed", "cron"],
      ]);
      const mails = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
      expect(mails.map(({ dedupeKey }) => dedupeKey)).toEqual([
        "weekly-summary:2026-02-02:ada",
        "weekly-summary:2026-03-23:ada",
      ]);

      const again = await fireWeekly(db, new Date(Number(after) + HOUR).toISOString(), {}, { zone });
      expect(again).toMatchObject({ main: { outcome: { reason: "already-processed" } }, older: [] });
      expect(await db.$count(jobRuns)).toBe(runs.length);
    });
  });
});

it("are simulated as vercel.json fires them", () => {
  const sunday = "2026-03-08";
  let firing = new Date(`${sunday}T00:00Z`);
  for (const expected of weekend(sunday, 0)) {
    firing = nextFiring(schedulesOf("/api/events/weekly"), firing)!;
    expect(firing).toEqual(expected);
  }
});

/** Ends of the weeks that an invocation evaluated. */
function evaluatedIn({ older, main }: PeriodReport): number[] {
  return [...older, main].flatMap(({ period, outcome }) =>
    outcome.status === "completed" ? [Number(period.end)] : [],
  );
}

/** Why there is nothing to do at an instant: the next week is about to end, or the last one has been done. */
function reasonAt(firing: Date, zone: string): string {
  const { end } = periodContaining("week", firing, zone);
  return Number(end) - Number(firing) <= DAY ? "not-due" : "already-processed";
}
