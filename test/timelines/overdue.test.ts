import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../lib/db/connection.ts";
import { type Db, rows } from "../../lib/db/db.ts";
import { SCHEDULES } from "../../lib/jobs/schedule.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { forgetRuns, incidentsOf, operator } from "../support/jobs/supervise-operator.ts";
import { DAY, fireCron, firings, HOUR, later, MINUTE, tick } from "../support/jobs/ticks-timeline.ts";

/** A cron that stops is noticed by the ticks of the others. */

const ALL = ["weekly-events", "monthly-events", "email-dispatch", "job-cleanup"];

describe("a cron that stops", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => forgetRuns(db));

  it.each([
    // since when ticks watch, since when it does not fire, when its grace is over, when it fires again
    ["email-dispatch", "03-02T12:05", "03-02T12:10", "03-02T12:25", "03-02T15:10", "UTC"],
    ["job-cleanup", "03-02T12:05", "03-02T12:10", "03-02T13:32", "03-02T17:50", "UTC"],
    ["weekly-events", "03-07T12:00", "03-08T22:00", "03-09T02:05", "03-09T06:01", "UTC"],
    ["weekly-events", "03-07T12:00", "03-08T22:00", "03-09T01:00", "03-09T06:01", "Europe/Berlin"],
    ["monthly-events", "03-20T12:00", "03-31T20:00", "04-01T02:10", "04-01T06:05", "UTC"],
    ["monthly-events", "03-20T12:00", "03-31T20:00", "04-01T08:10", "04-01T11:30", "America/New_York"],
  ])(
    "%s: one alert within its grace, one mail when it is back (watched from %s)",
    async (job, watched, stops, grace, again, zone) => {
      const { mails, subjects } = await operator();
      const date = (text: string) => new Date(`2026-${text}:00Z`);
      await tick(db, date(watched), { zone });
      const others = ALL.filter((name) => name !== job && !name.includes("ly-"));
      const told = () => subjects(job);

      for (const firing of firings(date(stops), date(again), ...others)) {
        await fireCron(db, firing, 1_000, { zone });
        const over = later(firing.at, 1_000) > date(grace);
        expect({ at: firing.at, told: await told() }).toEqual({
          at: firing.at,
          told: over ? [`[Sportify Alert] ${job} is overdue`] : [],
        });
      }
      const [alert] = (await mails()).filter(({ subject }) => subject?.includes(job));
      expect(alert?.to).toMatchObject([{ address: "operator@club.example" }]);
      expect(alert?.text).toContain(`overdue:${job}`);
      expect(alert?.text).toMatch(/missedSince: 2026-0[34]-\d\dT[\d:.]+Z/);

      for (const firing of firings(date(again), later(date(again), 3 * HOUR), job, ...others)) {
        await fireCron(db, firing, 1_000, { zone });
      }
      expect(await told()).toEqual([
        `[Sportify Alert] ${job} is overdue`,
        `[Sportify Alert] Resolved: ${job} is overdue`,
      ]);
      expect(await incidentsOf(db, job)).toEqual([
        { key: `overdue:${job}`, closed: true, alerted: true, recovered: true, error: null },
      ]);
    },
  );

  it("says nothing while all fire, over a month's end", async () => {
    const { subjects } = await operator();
    const from = new Date("2026-03-30T12:00:00Z");
    await tick(db, from);
    const due = firings(from, "2026-04-01T13:00:00Z", "weekly-events", "monthly-events", "job-cleanup");
    for (const firing of due) await fireCron(db, firing, 4_000);
    expect(await subjects("-events")).toEqual([]);
    expect(await subjects("job-cleanup")).toEqual([]);
  });

  it.each([
    ["2026-03-02T01:00:00Z", 0], // a week has ended, its first cron was due, and its grace is not over
    ["2026-03-02T05:00:00Z", 0],
    ["2026-03-04T12:00:00Z", 0],
    ["2026-03-01T23:30:00Z", 1],
    ["2026-03-02T00:04:59Z", 1], // the first cron is still to come
  ])("is not alarming for what was due before anybody watched: from %s on, %i alerts", async (first, alerts) => {
    const { subjects } = await operator();
    for (let hours = 0; hours < 30; hours += 3) await tick(db, later(first, hours * HOUR));
    expect(await subjects("] weekly-events")).toHaveLength(alerts); // beside reminders
    expect(await subjects("monthly-events")).toEqual([]);
    const missed = await rows<{ at: string }>(db, sql`select scheduled_for as at from job_runs where missed`);
    expect(missed.length).toBeGreaterThan(0);
    expect(missed.filter(({ at }) => new Date(at) <= new Date(first))).toEqual([]);
  });

  it("is watched from the first tick that knows of it, and no longer when it is gone", async () => {
    await operator();
    const from = new Date("2026-03-02T12:05:00Z");
    await tick(db, from);
    await rows(db, sql`delete from cron_watches where cron like '%cleanup%'`); // as before it came into vercel.json
    await rows(db, sql`insert into cron_watches values ('/api/gone 1 * * * *', now(), now())`);
    const known = later(from, 4 * HOUR);
    await tick(db, known);
    await tick(db, later(known, 100 * MINUTE));
    const [first] = await rows<{ at: string }>(
      db,
      sql`select min(scheduled_for) as at from job_runs where job_name = 'job-cleanup'`,
    );
    expect(new Date(first!.at)).toEqual(new Date("2026-03-02T17:02:00Z"));
    const watched = await rows<{ cron: string }>(db, sql`select cron from cron_watches order by cron`);
    expect(watched.map(({ cron }) => cron)).toEqual(
      SCHEDULES.map(({ path, expression }) => `${path} ${expression}`).sort(),
    );
  });

  it("is alerted again when it stops again, an hour after the first alert at the earliest", async () => {
    const { subjects } = await operator();
    const from = new Date("2026-03-02T12:05:00Z");
    await tick(db, from);
    // It comes every other time: overdue and back, over and over.
    const due = firings(from, later(from, DAY / 4), "email-dispatch").filter((_, n) => n % 2 === 1);
    const alerts: Date[] = [];
    let known = 0;
    for (const firing of due) {
      for (const at of [later(firing.at, -2 * MINUTE), later(firing.at, 1_000)]) {
        if (at > firing.at) await fireCron(db, firing, 1_000);
        else await tick(db, at);
        const told = (await subjects("email-dispatch")).filter((subject) => !subject.includes("Resolved"));
        if (told.length > known) alerts.push(at);
        known = told.length;
      }
    }
    expect(alerts.length).toBeGreaterThanOrEqual(3);
    for (const [n, at] of alerts.entries()) {
      if (n > 0) expect(Number(at) - Number(alerts[n - 1])).toBeGreaterThanOrEqual(HOUR);
    }
    const resolved = await subjects("Resolved: email-dispatch");
    expect(resolved.length).toBe(alerts.length); // an incident without an alert gets no recovery mail
  });
});
