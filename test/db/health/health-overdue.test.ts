import { describe, expect, it } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import type { Db } from "../../../lib/db/db.ts";
import { jobsOverdue } from "../../../lib/health/work.ts";
import { findOverdueJobs } from "../../../lib/supervision/overdue.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { dump } from "../../support/http/requests.ts";
import { incidentsOf } from "../../support/jobs/supervise-operator.ts";
import { DAY, fireCron, firings, HOUR, later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";

/** Health sees that jobs are overdue although nothing runs that could put it on record. */

const WATCHED = new Date("2026-03-02T12:05:00Z"); // a Monday

describe("health of jobs", () => {
  let db: Db;
  ownDatabase((own) => {
    db = own;
  });

  const names = async (at: Date) =>
    (await findOverdueJobs(db, JOBS, at, "UTC")).jobs.map(({ jobName }) => jobName).sort();

  it("expects nothing before anybody watched", async () => {
    expect(await findOverdueJobs(db, JOBS, WATCHED, "UTC")).toEqual({ watched: false, jobs: [] });
    expect(await jobsOverdue(db, JOBS, WATCHED, "UTC")).toMatchObject({ status: "pass" });
    await tick(db, WATCHED);
    expect(await findOverdueJobs(db, JOBS, WATCHED, "UTC")).toEqual({ watched: true, jobs: [] });
  });

  it("names overdue jobs if all crons have stopped, each when its grace is over", async () => {
    await tick(db, WATCHED);
    const before = await dump(db);
    expect(await names(later(WATCHED, 19 * MINUTE))).toEqual([]); // due at 12:15, with ten minutes of grace
    expect(await names(later(WATCHED, 21 * MINUTE))).toEqual(["email-dispatch", "site-processing"]);
    expect(await names(later(WATCHED, 2 * HOUR))).toEqual(["email-dispatch", "job-cleanup", "site-processing"]);
    expect(await names(later(WATCHED, 31 * DAY))).toEqual(
      Object.values(JOBS)
        .map(({ name }) => name)
        .sort(),
    );
    expect(await jobsOverdue(db, JOBS, later(WATCHED, 21 * MINUTE), "UTC")).toEqual({
      status: "warn",
      observedValue: 2,
      output:
        "email-dispatch is overdue since 2026-03-02T12:15:00.000Z; site-processing is overdue since 2026-03-02T12:15:00.000Z",
    });
    expect(await dump(db)).toEqual(before); // it was only looked
  });

  it("agrees with the ticks, before and after they have put it on record, until the job is back", async () => {
    await tick(db, WATCHED);
    const late = later(WATCHED, 21 * MINUTE);
    const seen = await names(late);
    await tick(db, late);
    expect((await incidentsOf(db, "overdue")).map(({ key }) => key.replace("overdue:", "")).sort()).toEqual(seen);
    expect(await names(late)).toEqual(seen);
    for (const firing of firings(late, later(WATCHED, 26 * MINUTE), ...seen)) await fireCron(db, firing, 1_000);
    expect(await names(later(WATCHED, 27 * MINUTE))).toEqual([]);
  });
});
