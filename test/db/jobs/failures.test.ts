import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, row, rows } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { anyJob } from "../../../lib/jobs/job.ts";
import { weekly } from "../../../lib/sport/evaluation/weekly.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { invocation } from "../../support/jobs/invoke-weekly.ts";
import { forgetRuns, incidentsOf, mislay, operator } from "../../support/jobs/supervise-operator.ts";
import { DAY, type Firing, fireCron, firings, HOUR, later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";
import { addRuns } from "../../worlds/ledger.ts";

/** A failed run raises an alert at once, is tried again, and its recovery is reported. */

describe("a run that fails", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => forgetRuns(db));

  const damage = (job: string) => mislay(db, job);
  const repair = (job: string) => mislay(db, job, "back");

  const runOf = (job: string, at: Date) =>
    row<{ status: string; attempt: number; error: string | null }>(
      db,
      sql`select status, attempt, metadata->'error'->>'code' as error from job_runs
        where job_name = ${job} and scheduled_for = ${at.toISOString()}::timestamptz`,
    );
  const WEEK_END = new Date("2026-03-09T00:00:00Z");
  const MONDAY: Firing = firings("2026-03-09T00:00:00Z", "2026-03-09T01:00:00Z", "weekly-events")[0]!;
  /** The weeks before are done, so that only the newest is at stake. */
  const weeksBefore = async () => {
    const [firing] = firings("2026-03-02T12:00:00Z", "2026-03-02T12:06:00Z", "weekly-events");
    await runJob(anyJob(weekly), {}, firing!.at, invocation(db, firing!.at.toISOString()));
  };
  const FAILED = "[Sportify Alert] weekly-events failed";
  const REMINDER = "[Sportify Alert] Reminder: weekly-events failed";
  const MENDED = "[Sportify Alert] Resolved: weekly-events failed";

  it("answers 500 and has the operator told in the same tick", async () => {
    const { mails } = await operator({ EVENTS_BASE_URL: "https://taktwerk.example" });
    await weeksBefore();
    await damage("weekly-events");
    const { answer, tick: looked } = await fireCron(db, MONDAY, 2_000);
    await repair("weekly-events");
    expect(answer).toBeInstanceOf(AppError);
    expect(answer).toMatchObject({ code: "job-failed", status: 500 });
    expect(looked).toMatchObject({ opened: ["failed:weekly-events"], closed: [], told: 1, resumed: [] });
    expect(await runOf("weekly-events", WEEK_END)).toEqual({ status: "failed", attempt: 1, error: "42P01" });
    const [alert] = await mails();
    expect(alert?.subject).toBe(FAILED);
    expect(alert?.text).toContain(
      'error 42P01: relation "awards" does not exist, attempt 1, scheduledFor 2026-03-09T00:00:00.000Z',
    );
    expect(alert?.text).toMatch(/https:\/\/taktwerk\.example\/incidents\/\d+/);
    expect(alert?.text).not.toMatch(/[{}]|\[object/);
  });

  it("is tried again after one and two minutes by the next tick, and ends when it succeeds", async () => {
    const { subjects } = await operator();
    await weeksBefore();
    await damage("weekly-events");
    await fireCron(db, MONDAY);
    expect(await tick(db, later(MONDAY.at, MINUTE - 1))).toMatchObject({ resumed: [] });
    const retried = later(MONDAY.at, MINUTE);
    expect(await tick(db, retried)).toMatchObject({ resumed: ["weekly-events 2026-03-09T00:00:00.000Z"], closed: [] });
    expect(await runOf("weekly-events", WEEK_END)).toMatchObject({ status: "failed", attempt: 2 });
    expect(await tick(db, later(retried, 2 * MINUTE - 1))).toMatchObject({ resumed: [] });
    await repair("weekly-events");
    const mended = await tick(db, later(retried, 2 * MINUTE));
    expect(mended).toMatchObject({
      resumed: ["weekly-events 2026-03-09T00:00:00.000Z"],
      closed: ["failed:weekly-events"],
    });
    expect(await runOf("weekly-events", WEEK_END)).toEqual({ status: "completed", attempt: 3, error: null });
    expect(await subjects()).toEqual([FAILED, MENDED]);
  });

  it("is over when its next attempt is, however long the tick took for it", async () => {
    await operator();
    await weeksBefore();
    await damage("weekly-events");
    await fireCron(db, MONDAY);
    await repair("weekly-events");
    const begun = later(MONDAY.at, MINUTE);
    let now = Number(begun);
    const clock = () => {
      now += MINUTE / 10;
      return now;
    };
    expect(await tick(db, begun, { clock })).toMatchObject({ closed: ["failed:weekly-events"] });
    const ended = await row<{ run: string; incident: string; told: string }>(
      db,
      sql`select (select max(completed_at) from job_runs) as run, closed_at as incident, recovery_alerted_at as told
        from incidents`,
    );
    const inOrder = [begun, ended.run, ended.incident, ended.told].map((instant) => Number(new Date(instant)));
    expect(inOrder).toEqual([...new Set(inOrder)].sort((a, b) => a - b));
  });

  it("is not over while its next attempt is under way, or lies down at its deadline", async () => {
    const { subjects } = await operator();
    await weeksBefore();
    await damage("weekly-events");
    await fireCron(db, MONDAY);
    await repair("weekly-events");
    const retried = later(MONDAY.at, MINUTE);
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const waiting = {
      ...weekly,
      run: async (...given: Parameters<typeof weekly.run>) => {
        begun.resolve();
        await goOn.promise;
        return weekly.run(...given);
      },
    };
    const attempt = runJob(anyJob(waiting), {}, retried, invocation(db, retried.toISOString()));
    await begun.promise;
    expect(await runOf("weekly-events", WEEK_END)).toMatchObject({ status: "running", attempt: 2 });
    expect(await tick(db, later(retried, 1_000))).toMatchObject({ closed: [], resumed: [] });
    goOn.resolve();
    await attempt;
    expect(await tick(db, later(retried, 2_000))).toMatchObject({ closed: ["failed:weekly-events"] });
    expect(await subjects()).toEqual([FAILED, MENDED]);
  });

  it("stays wrong after its last attempt, also when later weeks are done, until a person runs it", async () => {
    const { subjects } = await operator();
    await weeksBefore();
    await damage("weekly-events");
    await fireCron(db, MONDAY);
    for (let minutes = 1; minutes < 400; minutes += 30) await tick(db, later(MONDAY.at, minutes * MINUTE));
    expect(await runOf("weekly-events", WEEK_END)).toMatchObject({ status: "failed", attempt: 3 });
    await repair("weekly-events");
    const next = { ...MONDAY, at: later(MONDAY.at, 7 * DAY) };
    const { answer } = await fireCron(db, next);
    expect(answer).toMatchObject({ status: 200, body: { skipped: false, weekStart: "2026-03-09T00:00:00.000Z" } });
    await tick(db, later(next.at, DAY));
    expect(await subjects("failed")).toEqual([FAILED, REMINDER, REMINDER]); // one a day, if a tick comes

    const byHand = later(next.at, 2 * DAY);
    await runJob(
      anyJob(weekly),
      { week: "2026-03-02" },
      byHand,
      invocation(db, byHand.toISOString(), { trigger: "manual" }),
    );
    await tick(db, byHand);
    expect(await subjects("failed")).toEqual([FAILED, REMINDER, REMINDER, MENDED]);
  });

  it.each(["email-dispatch", "job-cleanup"])("of %s is superseded by a later one that succeeds", async (job) => {
    const { subjects } = await operator();
    const [first, second, third] = firings("2026-03-02T12:05:00Z", "2026-03-02T16:00:00Z", job);
    await damage(job);
    await fireCron(db, first!);
    await fireCron(db, second!);
    expect(await incidentsOf(db, "failed")).toMatchObject([{ key: `failed:${job}`, closed: false }]);
    await repair(job);
    const { answer } = await fireCron(db, third!);
    expect(answer).toMatchObject({ status: 200 });
    expect(await incidentsOf(db, "failed")).toMatchObject([{ key: `failed:${job}`, closed: true, recovered: true }]);
    expect(await subjects(`${job} failed`)).toHaveLength(2);
    // and is not tried again for its own sake
    expect(await tick(db, later(third!.at, HOUR / 6))).toMatchObject({ resumed: [] });
    expect(await runOf(job, first!.at)).toMatchObject({ status: "failed" });
  });

  it.each([
    ["made up for by one a person asks for later", {}, []],
    ["tried again all the same where a person has asked for less", { providerId: "ada" }, ["2026-03-02T02:00:00.000Z"]],
  ])("is %s", async (_, parameters, tried) => {
    const failed = { jobName: "slot-maintenance", status: "failed", attempt: 1 } as const;
    const error = { code: "internal", message: "no" };
    const now = later("2026-03-02T02:00:00Z", HOUR);
    await addRuns(
      db,
      now,
      { ...failed, minutesAgo: 60, metadata: { error, parameters: {} } },
      { jobName: "slot-maintenance", minutesAgo: 30, trigger: "manual", metadata: { parameters } },
    );
    const { opened, resumed } = await tick(db, now);
    expect(opened).toEqual(tried.map(() => "failed:slot-maintenance"));
    expect(resumed).toEqual(tried.map((instant) => `slot-maintenance ${instant}`));
    expect(await incidentsOf(db, "failed")).toMatchObject(tried.map(() => ({ closed: true })));
  });

  it("is not forgotten over the many failures of another job", async () => {
    const { subjects } = await operator();
    await weeksBefore();
    await damage("weekly-events");
    await fireCron(db, MONDAY);
    await repair("weekly-events");
    await rows(db, sql`update job_runs set attempt = 3 where status = 'failed'`);
    await rows(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, attempt, trigger, metadata)
        select 'email-dispatch', timestamptz '2026-03-09T01:00Z' + n * interval '1 minute', 'failed', 3, 'cron',
          '{"error": {"code": "internal", "message": "no"}}' from generate_series(1, 300) n`,
    );
    await tick(db, later(MONDAY.at, DAY / 2));
    expect(await subjects("weekly-events failed")).toEqual([FAILED]);
    expect(await incidentsOf(db, "failed")).toMatchObject([{ closed: false }, { closed: false }]);
  });
});
