import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { runJob } from "../../../lib/jobs/endpoint/run-job.ts";
import { continuationRequest, cronRequest, triggerOf } from "../../../lib/jobs/endpoint/trigger.ts";
import { occurrenceOf } from "../../../lib/jobs/schedule.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { invocation } from "../../support/jobs/invoke-weekly.ts";
import { alertSettings, forgetRuns, incidentsOf } from "../../support/jobs/supervise-operator.ts";
import { entryOf, fireCron, firings, HOUR, later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";

const PATH = "/api/events/emails/dispatch";
const URL = `https://taktwerk.example${PATH}`;
const at = (time: string) => new Date(`2026-03-02T${time}Z`);

describe("the occurrence of a firing", () => {
  it.each([
    ["on time", "12:15:00.000", "*/15 * * * *", "12:15"],
    ["a moment late", "12:15:00.001", "*/15 * * * *", "12:15"],
    ["very late", "12:29:29.999", "*/15 * * * *", "12:15"],
    ["early by a clock that goes wrong", "12:14:30.001", "*/15 * * * *", "12:15"],
    ["too early for that", "12:14:29.999", "*/15 * * * *", "12:00"],
    ["days late", "12:00:00.000", "0 23 28-31 * *", "2026-02-28T23:00"],
    ["of a cron with a list of hours, on time", "06:05:02.000", "5 0,6,12 * * 1", "06:05"],
    ["of a cron with a list of hours, late", "12:04:02.000", "5 0,6,12 * * 1", "06:05"],
    ["with blanks around the expression", "12:15:00.000", " */15 * * * * ", "12:15"],
  ])("that is %s", (_, now, expression, expected) => {
    const occurrence = expected.length > 5 ? new Date(`${expected}Z`) : at(expected);
    expect(occurrenceOf(expression, at(now))).toEqual(occurrence);
  });

  it("is the same in any zone of the machine", () => {
    for (const now of ["2026-03-29T01:30:00Z", "2026-10-25T01:30:00Z"]) {
      expect(occurrenceOf("0 1 * * *", new Date(now))).toEqual(new Date(now.replace("01:30", "01:00")));
    }
  });

  it.each([
    "garbage",
    "",
    "* * *",
    "99 * * * *",
    "0 0 31 2 *",
    "*/15 * * * *; drop table",
    "\u0000",
    "x".repeat(5_000),
  ])("is unknown for %j", (expression) => {
    expect(occurrenceOf(expression, at("12:00:00"))).toBeUndefined();
  });
});

describe("a request to a job", () => {
  const now = at("12:16:10.123");

  it("by a cron is about the occurrence that the cron fires for", () => {
    expect(triggerOf(cronRequest(URL, "s", "*/15 * * * *"), PATH, now)).toEqual({
      trigger: "cron",
      occurrence: at("12:15"),
    });
  });

  it.each(["+275760-09-13T00:00:00Z", "-000044-03-15T00:00:00Z", "1999-12-31T23:59:59Z", "soon"])(
    "that says it continues a run of %s is one of a person",
    (occurrence) => {
      const request = new Request(URL, { headers: { "x-taktwerk-continuation": occurrence } });
      expect(triggerOf(request, PATH, now)).toEqual({ trigger: "manual", occurrence: now });
    },
  );

  it("by which a run continues itself is about that run", () => {
    const occurrence = at("12:00:00.123");
    expect(triggerOf(continuationRequest(URL, "s", occurrence), PATH, now)).toEqual({
      trigger: "continuation",
      occurrence,
    });
  });

  it.each(["5 0,6,12 * * 1", "* * * * *", "0 0 29 2 *"])(
    "by a cron of another job (%s) counts as a person's",
    (fired) => {
      expect(triggerOf(cronRequest(URL, "s", fired), PATH, now)).toEqual({ trigger: "manual", occurrence: now });
    },
  );

  it("by a person is about this moment", () => {
    const byHand = { trigger: "manual", occurrence: now };
    expect(triggerOf(new Request(URL), PATH, now)).toEqual(byHand);
    expect(triggerOf(new Request(URL, { headers: { "user-agent": "vercel-cron/1.0" } }), PATH, now)).toEqual(byHand);
    for (const header of ["x-vercel-cron-schedule", "x-taktwerk-continuation"]) {
      for (const value of ["garbage", "", "0 0 31 2 *"]) {
        expect(triggerOf(new Request(URL, { headers: { [header]: value } }), PATH, now)).toEqual(byHand);
      }
    }
  });
});

describe("an occurrence", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
    configure({ ...alertSettings(9), ALERT_EMAIL: "" });
  });
  afterAll(() => connection.close());
  beforeEach(() => forgetRuns(db));

  const [quarter] = firings(at("12:05"), at("12:16"), "email-dispatch");
  const runs = () =>
    rows(
      db,
      sql`select scheduled_for as at, status, attempt, trigger, missed, metadata->>'reason' as reason from job_runs
        where job_name <> 'site-processing'`,
    );

  it("that is delivered twice runs once", async () => {
    const fired = [
      await fireCron(db, quarter!, -20_000),
      await fireCron(db, quarter!, 1_000),
      await fireCron(db, quarter!, 9 * MINUTE),
    ];
    expect(fired.map(({ answer }) => answer)).toMatchObject([
      { status: 200, body: { processed: 0, scheduledFor: "2026-03-02T12:15:00.000Z" } },
      { status: 200, body: { skipped: true, reason: "already-processed" } },
      { status: 200, body: { skipped: true, reason: "already-processed" } },
    ]);
    expect(await runs()).toMatchObject([{ status: "completed", attempt: 1, trigger: "cron" }]);
  });

  it("that was recorded as missed and is delivered after all is an ordinary one", async () => {
    await tick(db, at("12:05"));
    expect(await tick(db, at("12:26"))).toMatchObject({
      opened: ["overdue:email-dispatch", "overdue:site-processing"],
    });
    expect(await runs()).toMatchObject([{ status: "failed", missed: true, reason: expect.any(String) }]);
    const { answer, tick: looked } = await fireCron(db, quarter!, 12 * MINUTE);
    expect(answer).toMatchObject({ status: 200, body: { processed: 0 } });
    expect(looked).toMatchObject({ closed: ["overdue:email-dispatch"] });
    expect(await runs()).toMatchObject([
      { status: "completed", attempt: 1, trigger: "cron", missed: false, reason: null },
    ]);
    await tick(db, later(quarter!.at, 12 * MINUTE));
    expect(await runs()).toHaveLength(1);
  });

  it("that was recorded as missed is not run by a tick: its time is over", async () => {
    await tick(db, at("12:05"));
    for (const time of ["12:26", "12:28", "12:39"]) expect(await tick(db, at(time))).toMatchObject({ resumed: [] });
    expect(await runs()).toMatchObject([{ status: "failed", missed: true }]);
  });

  it.each(["9998-12-31T00:00:00Z", "2026-03-02T12:00:00Z"])(
    "that only a continuation header names (%s) is not run and not recorded, and failed runs are still retried",
    async (named) => {
      await rows(
        db,
        sql`insert into job_runs (job_name, scheduled_for, status, trigger, attempt, retry_at)
          values ('email-dispatch', ${at("12:15").toISOString()}, 'failed', 'cron', 1, ${at("12:17").toISOString()})`,
      );
      const request = continuationRequest(URL, "s", new Date(named));
      const { trigger, occurrence } = triggerOf(request, PATH, at("12:16"));
      const job = await entryOf("email-dispatch").load();
      const { body } = await runJob(job, {}, occurrence, invocation(db, at("12:16").toISOString(), { trigger }));
      expect(body).toMatchObject({ skipped: true, reason: "not-due" });
      expect(await runs()).toMatchObject([{ status: "failed", attempt: 1 }]);
      const { resumed } = await tick(db, at("12:20"));
      expect(resumed).toEqual(["email-dispatch 2026-03-02T12:15:00.000Z"]);
    },
  );

  it("that was missed raises an alert even if people run the job in between", async () => {
    await tick(db, at("12:05"));
    const [hourly] = firings(at("12:05"), at("14:00"), "job-cleanup");
    await rows(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, trigger) values
        ('email-dispatch', '2026-03-02T13:00:01.5Z', 'completed', 'manual')`,
    );
    await fireCron(db, hourly!, HOUR / 2);
    expect(await incidentsOf(db, "email-dispatch")).toMatchObject([{ key: "overdue:email-dispatch", closed: false }]);
  });
});
