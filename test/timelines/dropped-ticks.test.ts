import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../lib/config/config.ts";
import type { Connection } from "../../lib/db/connection.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { endedPeriods } from "../../lib/time/periods.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { alertSettings, forgetRuns, keepRuns } from "../support/jobs/supervise-operator.ts";
import { DAY, type Firing, fireCron, firings, HOUR, later, tick } from "../support/jobs/ticks-timeline.ts";

/** The platform may drop any firing, without a word. */

const TICKS = 10;
const DROPPED = 3;

/** Every choice of three of ten. */
const CHOICES = Array.from({ length: 2 ** TICKS }, (_, bits) =>
  Array.from({ length: TICKS }, (_, n) => n).filter((n) => bits & (1 << n)),
).filter(({ length }) => length === DROPPED);

/** So many of them, always the same. */
const some = (numRuns: number) => fc.sample(fc.constantFrom(...CHOICES), { numRuns, seed: 20260302 });

describe("where any three of ten firings of a cron are dropped", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
    configure({ ...alertSettings(9), ALERT_EMAIL: "" }); // alerts are another test's business
  });
  afterAll(() => connection.close());
  beforeEach(() => forgetRuns(db));

  /** What is on record of a job, as `instant: completed` or `instant: missed, reason`. */
  async function ledger(job: string): Promise<string[]> {
    const runs = await rows<{ at: string; status: string; missed: boolean; reason: string | null }>(
      db,
      sql`select scheduled_for as at, status, missed, metadata->>'reason' as reason from job_runs
        where job_name = ${job} order by scheduled_for`,
    );
    return runs.map(({ at, status, missed, reason }) => {
      return line(new Date(at), missed && status === "failed" ? `missed, ${reason}` : status);
    });
  }
  const line = (at: Date, fate: string) => `${at.toISOString()}: ${fate}`;

  /**
   * Worlds that are watched from an instant on, in each of which some firings do not come. What two of them have in
   * common up to a firing is lived through once.
   * @param judge Is called at the end of each.
   */
  async function live(
    from: Date,
    due: Firing[],
    choices: number[][],
    judge: (last: Firing, dropped: number[]) => Promise<void>,
  ): Promise<void> {
    await tick(db, from);
    let judged = 0;
    const goOn = async (n: number, worlds: number[][]): Promise<void> => {
      const firing = due[n];
      if (firing === undefined) {
        judged += worlds.length;
        return judge(due.at(-1)!, worlds[0]!);
      }
      const { drop = [], come = [] } = Object.groupBy(worlds, (dropped) => (dropped.includes(n) ? "drop" : "come"));
      const back = drop.length > 0 && come.length > 0 ? await keepRuns(db) : undefined;
      if (come.length > 0) {
        await fireCron(db, firing, 1_500);
        await goOn(n + 1, come);
      }
      await back?.();
      if (drop.length > 0) await goOn(n + 1, drop);
    };
    await goOn(0, choices);
    expect(judged).toBe(choices.length);
  }

  it.each([
    { job: "email-dispatch", minutes: 10, choices: some(60) },
    { job: "job-cleanup", minutes: 30, choices: some(15) },
  ])(
    "each occurrence of $job has run, or is on record as missed with its reason",
    async ({ job, minutes, choices }) => {
      expect(CHOICES).toHaveLength(120);
      const from = new Date("2026-03-02T12:05:00Z");
      const due = firings(from, later(from, 12 * HOUR), job).slice(0, TICKS);
      await live(from, due, choices, async (last, dropped) => {
        await tick(db, later(last.at, minutes * 60_000 + 1)); // the grace of the last is over, the next is not due
        const missed = `missed, its cron (${last.expression}) did not fire within ${minutes} minutes`;
        expect(await ledger(job)).toEqual(due.map(({ at }, n) => line(at, dropped.includes(n) ? missed : "completed")));
      });
    },
  );

  it.each([
    { job: "weekly-events", kind: "week", from: "2026-03-07T12:00:00Z", reach: 4 },
    { job: "monthly-events", kind: "month", from: "2026-03-30T12:00:00Z", reach: 2 },
  ] as const)("each period of $job is evaluated once, whenever it can be", async ({ job, kind, from, reach }) => {
    const start = new Date(from);
    const due = firings(start, later(start, 75 * DAY), job).slice(0, TICKS + 1);
    await live(start, due, some(8), async (last, dropped) => {
      // the eleventh comes
      const first = due.find((_, n) => !dropped.includes(n))!;
      const oldest = endedPeriods(kind, first.at, "UTC", reach)[0]!;
      const ended = endedPeriods(kind, last.at, "UTC", 20).filter(({ end }) => end >= oldest.end);
      expect(await ledger(job)).toEqual(ended.map(({ end }) => line(end, "completed")));
    });
  });

  it("records a missed occurrence once, even if many ticks look for it", async () => {
    const from = new Date("2026-03-02T12:05:00Z");
    await tick(db, from);
    for (let minute = 0; minute < 60; minute += 7) {
      const at = later(from, minute * 60_000);
      await Promise.all([tick(db, at), tick(db, at)]);
    }
    const missed = (await ledger("email-dispatch")).map((text) => text.slice(11, 16));
    expect(missed).toEqual(["12:15", "12:30", "12:45"]);
  });

  it("accounts for a silence of weeks, a part of it with each tick", async () => {
    const from = new Date("2026-03-02T12:05:00Z");
    await tick(db, from);
    const back = later(from, 30 * DAY);
    for (let n = 0; n < 3; n++) await tick(db, back);
    const runs = await ledger("email-dispatch");
    const due = firings(from, later(back, -10 * 60_000), "email-dispatch");
    expect(runs.map((text) => text.slice(0, 24))).toEqual(due.map(({ at }) => at.toISOString()));
    expect(runs.every((text) => text.includes("missed, "))).toBe(true);
  });
});
