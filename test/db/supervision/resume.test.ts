import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, row, rows } from "../../../lib/db/db.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import { anyJob } from "../../../lib/jobs/job.ts";
import { recordChanges } from "../../../lib/jobs/settlement.ts";
import { redirectLog } from "../../../lib/log.ts";
import { dispatch } from "../../../lib/mail/delivery/dispatch.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { dumpDerived } from "../../support/database/dump.ts";
import { fireWeekly, invocation } from "../../support/jobs/invoke-weekly.ts";
import { mislay, operator } from "../../support/jobs/supervise-operator.ts";
import { DAY, fireCron, firings, HOUR, later, MINUTE, movingClock, tick } from "../../support/jobs/ticks-timeline.ts";
import { queue } from "../../support/mail/dispatch-run.ts";
import { addUsers, addWorkouts, pushups } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

/** What one invocation leaves unfinished, the tick after any other goes on with. */

const MONDAY = new Date("2026-03-09T00:05:00Z");
const WEEK_ENDS = ["2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09"].map((date) => `${date}T00:00:00.000Z`);

describe("a tick continues", () => {
  let connection: Connection;
  let db: Db;
  let done: string[];
  let sent: () => number;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await empty(db);
    const { sink } = await operator(SETTINGS);
    sent = () => sink.mails.filter(({ to }) => !to.includes("operator@club.example")).length;
    await addUsers(db, "ada", "bob");
    await addWorkouts(db, { userId: "ada", at: "2026-03-04T10:00:00Z", activities: [pushups(60)] });
    done = [];
    redirectLog((_, line) => {
      const { event, job, scheduledFor, status, trigger } = JSON.parse(line);
      if (event === "job_run") done.push(`${job} ${scheduledFor} ${status} (${trigger})`);
    });
  });
  afterEach(() => redirectLog(() => {}));

  /** An invocation in which so many steps fit, and no more. */
  function steps(fitting: number, at = MONDAY): Partial<Invocation> {
    return { ...movingClock(at, 1_000), deadline: Number(at) + 1_000 * fitting - 999 };
  }
  const others = () => firings(MONDAY, later(MONDAY, HOUR), "email-dispatch", "job-cleanup");

  it.each([1, 2, 3])("a week that was paused after %i steps, after any job", async (fitting) => {
    for (const firing of [others()[0]!, others().at(-1)!]) {
      await db.execute(
        sql`truncate job_executions, job_runs, weekly_results, awards, user_badges, notifications, email_queue`,
      );
      await fireWeekly(db, MONDAY.toISOString(), { date: "2026-03-02" });
      const undisturbed = await dumpDerived(db);
      await db.execute(
        sql`truncate job_executions, job_runs, weekly_results, awards, user_badges, notifications, email_queue`,
      );
      const { main } = await fireWeekly(db, MONDAY.toISOString(), { date: "2026-03-02" }, steps(fitting));
      expect(main.outcome.status).toBe("partial");
      const { tick: looked } = await fireCron(db, firing);
      expect(looked.resumed).toEqual([`weekly-events ${WEEK_ENDS[3]}`]);
      expect(
        await row(db, sql`select status, attempt, trigger from job_runs where scheduled_for = ${WEEK_ENDS[3]}`),
      ).toEqual({
        status: "completed",
        attempt: 1,
        trigger: "continuation",
      });
      const { email_queue: _, ...derived } = await dumpDerived(db);
      const { email_queue: __, ...expected } = undisturbed;
      expect(derived).toEqual(expected);
    }
  });

  it("weeks before the newest first, where these were what there was no time for", async () => {
    const { main } = await fireWeekly(db, MONDAY.toISOString(), {}, steps(1));
    expect(main.outcome.status).toBe("partial");
    done = [];
    await tick(db, later(MONDAY, MINUTE));
    expect(done).toEqual(
      WEEK_ENDS.map((end, n) => `weekly-events ${end} completed (${n < 3 && n > 0 ? "catch-up" : "continuation"})`),
    );
  });

  it("a run of the dispatcher with the limit that it began with", async () => {
    await queue(db, 5, MONDAY);
    await mislay(db, "email-dispatch");
    await expect(
      runJob(anyJob(dispatch), { limit: 3 }, MONDAY, invocation(db, MONDAY.toISOString(), { trigger: "manual" })),
    ).rejects.toThrow("failed");
    await mislay(db, "email-dispatch", "back");
    const { resumed } = await tick(db, later(MONDAY, MINUTE));
    expect(resumed).toEqual([`email-dispatch ${MONDAY.toISOString()}`]);
    expect(sent()).toBe(3);
    const run = await row(
      db,
      sql`select trigger, attempt, metadata->'parameters' as asked, metadata->'processed' as n from job_runs`,
    );
    expect(run).toEqual({ trigger: "manual", attempt: 2, asked: { limit: 3 }, n: 3 });
  });

  it("a run whose parameters its job takes no more by failing it, three times and no more", async () => {
    await db.execute(sql`insert into job_runs (job_name, scheduled_for, status, trigger, metadata)
      values ('email-dispatch', ${MONDAY.toISOString()}, 'pending', 'manual', '{"parameters": {"batch": 7}}')`);
    for (let minutes = 0; minutes < 12; minutes += 3) await tick(db, later(MONDAY, minutes * MINUTE));
    expect(done).toEqual(Array(3).fill(`email-dispatch ${MONDAY.toISOString()} failed (continuation)`));
    const run = await row(db, sql`select status, attempt, metadata->'error'->>'code' as error from job_runs`);
    expect(run).toEqual({ status: "failed", attempt: 3, error: "invalid-parameter" });
  });

  it("a cleanup that was paused at its deadline", async () => {
    await db.execute(sql`insert into job_runs (job_name, scheduled_for, status, trigger)
      select 'email-dispatch', timestamptz '2025-10-01' + n * interval '15 minutes', 'completed', 'cron'
      from generate_series(1, 4100) n`);
    const [cleanup] = firings(MONDAY, later(MONDAY, 2 * HOUR), "job-cleanup");
    const { answer } = await fireCron(db, cleanup!, 0, steps(2, cleanup!.at));
    expect(answer).toMatchObject({ status: 202, body: { status: "partial" } });
    const { tick: looked } = await fireCron(db, others()[0]!, HOUR);
    expect(looked.resumed).toEqual([`job-cleanup ${cleanup!.at.toISOString()}`]);
    const { kept, deleted } = await row<{ kept: number; deleted: number }>(
      db,
      sql`select count(*) filter (where scheduled_for < '2025-12-01')::int as kept,
          max((metadata->>'runsDeleted')::int) as deleted from job_runs`,
    );
    expect({ kept, deleted }).toEqual({ kept: 0, deleted: 4100 });
  });

  it("a week into which late workouts came, until its settlement is over", async () => {
    await fireWeekly(db, MONDAY.toISOString(), { date: "2026-03-02" });
    const points = async () =>
      (
        await rows<{ points: string }>(db, sql`select total_points as points from weekly_results where user_id = 'bob'`)
      ).map((result) => Number(result.points));
    const late = async (at: Date, quantity: number) => {
      const id = `late-${quantity}`;
      await addWorkouts(db, {
        userId: "bob",
        id,
        at: `2026-03-05T10:00:${quantity}Z`,
        activities: [pushups(quantity)],
      });
      await recordChanges(db, "weekly-events", [new Date(WEEK_ENDS[3]!)], at);
    };
    expect(await points()).toEqual([0]);
    await late(later(MONDAY, DAY), 20);
    const [firing] = firings(later(MONDAY, DAY), later(MONDAY, DAY + HOUR), "email-dispatch");
    expect((await fireCron(db, firing!)).tick.resumed).toEqual([`weekly-events ${WEEK_ENDS[3]}`]);
    expect(await points()).toEqual([20]);
    expect((await fireCron(db, firing!, 1_000)).tick.resumed).toEqual([]);
    await late(later(MONDAY, 8 * DAY), 30);
    expect((await tick(db, later(MONDAY, 8 * DAY))).resumed).not.toContain(`weekly-events ${WEEK_ENDS[3]}`);
    expect(await points()).toEqual([20]);
  });

  it("late entries that another tick, which saw them too, has just taken in: not again", async () => {
    const week = { date: "2026-03-02" };
    await fireWeekly(db, MONDAY.toISOString(), week);
    await recordChanges(db, "weekly-events", [new Date(WEEK_ENDS[3] ?? "")], later(MONDAY, DAY));
    const settle = () => fireWeekly(db, later(MONDAY, DAY).toISOString(), { ...week, force: "where-changed" });
    expect((await settle()).main.outcome.status).toBe("completed");
    expect((await settle()).main.outcome).toMatchObject({ status: "skipped", reason: "already-processed" });
  });

  it("no more than fits into the time that is left", async () => {
    for (const date of ["2026-02-09", "2026-02-16"]) await fireWeekly(db, MONDAY.toISOString(), { date }, steps(1));
    const at = later(MONDAY, MINUTE);
    done = [];
    expect((await tick(db, at, { deadline: Number(at) + 30_000 })).resumed).toEqual([]);
    expect(done).toEqual([]);
    const slow = { ...movingClock(at, 10_000), deadline: Number(at) + 50_000 };
    expect((await tick(db, at, slow)).resumed).toEqual([`weekly-events ${WEEK_ENDS[0]}`]);
    expect((await tick(db, at)).resumed).toEqual([`weekly-events ${WEEK_ENDS[1]}`]);
  });

  it("nothing of another time zone's weeks, and says so", async () => {
    await fireWeekly(db, MONDAY.toISOString(), { date: "2026-02-09" }, { ...steps(1), zone: "Asia/Kathmandu" });
    done = [];
    expect((await tick(db, later(MONDAY, MINUTE))).resumed).toEqual([]);
    expect(done).toEqual([]);
  });
});
