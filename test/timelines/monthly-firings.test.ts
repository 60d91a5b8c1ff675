import { asc } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { configure } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { nextFiring, schedulesOf } from "../../lib/jobs/schedule.ts";
import { jobRuns } from "../../lib/jobs/schema.ts";
import { emailQueue } from "../../lib/mail/schema.ts";
import { newestEnded } from "../../lib/time/periods.ts";
import { databaseTest } from "../support/database/database-test.ts";
import { fireMonthly } from "../support/jobs/invoke-monthly.ts";
import { addUsers } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

/** Firings of the monthly crons, `0 23 28-31 * *` and `10 0,6,12 1 * *` in UTC. */

const it = databaseTest();

/** Zones in which months begin up to half a day before and after UTC, and zones whose clocks change. */
const ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago"];

const CRONS = [
  { path: "/api/events/monthly", expression: "0 23 28-31 * *" },
  { path: "/api/events/monthly", expression: "10 0,6,12 1 * *" },
];

/** Special ends of months: shortly after clocks change; on 28 and 29 February; at the end of the year. */
const SPANS = [
  { span: "clocks change", from: "2026-02-20", to: "2026-04-10" },
  { span: "clocks change back", from: "2026-09-20", to: "2026-12-05" },
  { span: "there is a 29 February", from: "2028-01-20", to: "2028-03-10" },
  { span: "the year ends", from: "2026-11-20", to: "2027-02-05" },
];

function firingsBetween(from: string, to: string): Date[] {
  const firings: Date[] = [];
  for (let firing = nextFiring(CRONS, new Date(from)); firing && firing < new Date(to); ) {
    firings.push(firing);
    firing = nextFiring(CRONS, firing);
  }
  return firings;
}

/** Which of the four to seven firings around the end of a month take place. */
const PATTERNS: { pattern: string; keep: (firing: Date) => number }[] = [
  { pattern: "all firings", keep: () => 1 },
  { pattern: "each firing twice", keep: () => 2 },
  { pattern: "only the last firing", keep: (firing) => (firing.getUTCHours() === 12 ? 1 : 0) },
  { pattern: "only the firings before the 1st", keep: (firing) => (firing.getUTCHours() === 23 ? 1 : 0) },
];

describe("firings of the monthly crons", () => {
  let db: Db;
  beforeEach<{ db: Db }>(async ({ db: own }) => {
    db = own;
    await addUsers(db, "ada");
  });

  describe.each(ZONES)("in %s", (zone) => {
    beforeEach(() => void configure({ ...SETTINGS, EVENTS_TIMEZONE: zone }));

    describe.each(SPANS)("when $span", ({ from, to }) => {
      it.each(PATTERNS)("evaluate each month exactly once, after its end, with $pattern", async ({ keep }) => {
        const done: number[] = [];
        for (const firing of firingsBetween(from, to).flatMap((firing) => Array(keep(firing)).fill(firing) as Date[])) {
          const newest = newestEnded("month", firing, zone);
          const wasDone = done.includes(Number(newest.end));
          const { main, older } = await fireMonthly(db, firing.toISOString(), {}, { zone });
          const evaluated = [...older, main].filter(({ outcome }) => outcome.status === "completed");
          for (const { period } of evaluated) expect(Number(period.end)).toBeLessThanOrEqual(Number(firing));
          done.push(...evaluated.map(({ period }) => Number(period.end)));
          expect(done).toContain(Number(newest.end));
          if (wasDone) expect(main.outcome.status).toBe("skipped");
        }
        expect(new Set(done).size).toBe(done.length);
        const runs = await db.select().from(jobRuns).orderBy(asc(jobRuns.scheduledFor));
        expect(runs.map(({ scheduledFor }) => Number(scheduledFor))).toEqual(done.toSorted((a, b) => a - b));
        expect(new Set(runs.map(({ status, attempt }) => `${status} in attempt ${attempt}`))).toEqual(
          new Set(["completed in attempt 1"]),
        );
      });
    });

    it("evaluate the month within 14 hours of its local end, by the first firing after it", async () => {
      await fireMonthly(db, "2026-02-20T00:00:00Z", {}, { zone });
      const { end } = newestEnded("month", new Date("2026-03-20T00:00:00Z"), zone);
      for (const firing of firingsBetween("2026-02-20", "2026-03-10")) {
        const { main } = await fireMonthly(db, firing.toISOString(), {}, { zone });
        if (firing < end) expect(main.outcome).toMatchObject({ status: "skipped", reason: "not-due" });
        if (main.outcome.status !== "completed") continue;
        expect(main.period.end).toEqual(end);
        expect(Number(firing) - Number(end)).toBeLessThan(14 * 3_600_000);
      }
      const mails = await db.select().from(emailQueue).orderBy(asc(emailQueue.id));
      const key = (month: string) => `monthly-summary:${month}:ada`;
      expect(mails.map(({ dedupeKey }) => dedupeKey)).toEqual([key("2026-01"), key("2026-02")]);
    });
  });
});

test("the firings in these tests are those in vercel.json", () => {
  const expressions = schedulesOf("/api/events/monthly").map(({ expression }) => expression);
  expect(expressions).toEqual(CRONS.map(({ expression }) => expression));
});
