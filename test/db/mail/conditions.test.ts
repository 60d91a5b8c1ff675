import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { type Db, rows } from "../../../lib/db/db.ts";
import { mailConditions } from "../../../lib/mail/conditions.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { afterMinutes, mail, NOW, queue } from "../../support/mail/dispatch-run.ts";

/** When mail opens an incident, at the exact limits. */

const it = databaseTest();

const HOUR_MS = 3_600_000;
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const keys = async (db: Db) => (await mailConditions(db, NOW)).map(({ key }) => key);

/** Records a completed run of the dispatcher. */
const addRun = (db: Db, scheduledFor: Date, counts: Record<string, unknown>) =>
  rows(
    db,
    sql`insert into job_runs (job_name, scheduled_for, status, attempt, trigger, metadata)
      values ('email-dispatch', ${scheduledFor.toISOString()}, 'completed', 1, 'cron', ${JSON.stringify(counts)}::jsonb)`,
  );

describe("mail that is due", () => {
  it("opens an incident after more than an hour without a sent mail", async ({ db }) => {
    await queue(db, [mail("ada")], ago(HOUR_MS));
    expect(await keys(db)).toEqual([]);
    await db.update(emailQueue).set({ scheduledAt: ago(HOUR_MS + 1) });
    expect(await keys(db)).toEqual(["mail:stalled"]);
    await addRun(db, ago(HOUR_MS), { processed: 1 });
    expect(await keys(db)).toEqual(["mail:stalled"]);
    await addRun(db, ago(HOUR_MS - 1), { processed: 0 });
    expect(await keys(db)).toEqual(["mail:stalled"]);
    await addRun(db, ago(HOUR_MS - 2), { processed: 1 });
    expect(await keys(db)).toEqual([]);
  });

  it.for(["sent", "failed", "skipped"])("opens none if it is %s", async (status, { db }) => {
    await queue(db, [mail("ada")], ago(2 * HOUR_MS));
    await db.update(emailQueue).set({ status });
    expect(await keys(db)).toEqual([]);
  });
});

describe("a failed mail", () => {
  beforeEach<{ db: Db }>(({ db }) => queue(db, [mail("ada")]));

  it.for([
    ["connection", 24 * HOUR_MS - 1, ["mail:given-up"]],
    ["transient", 24 * HOUR_MS - 1, ["mail:given-up"]],
    ["transient", 24 * HOUR_MS, []],
    ["permanent", 0, []],
    ["unknown", 0, ["mail:delivery-unknown"]],
    ["unknown", 400 * 24 * HOUR_MS, ["mail:delivery-unknown"]],
  ] as const)("with the failure %s, %d ms ago, opens %j", async ([failure, age, expected], { db }) => {
    await db.update(emailQueue).set({ status: "failed", failure, processedAt: ago(age) });
    expect(await keys(db)).toEqual(expected);
  });
});

describe("a mail server", () => {
  it("is reported as unreachable by the last completed run only", async ({ db }) => {
    await addRun(db, afterMinutes(-30), { processed: 0, unreachable: "connect ECONNREFUSED" });
    expect(await mailConditions(db, NOW)).toMatchObject([
      { key: "mail:unreachable", details: { error: "connect ECONNREFUSED" } },
    ]);
    await addRun(db, afterMinutes(-15), { processed: 0 });
    expect(await keys(db)).toEqual([]);
  });
});
