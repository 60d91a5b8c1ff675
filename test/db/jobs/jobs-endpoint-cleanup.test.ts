import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { GET, POST } from "../../support/http/api.ts";
import { CRON_SECRET, dump, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { callJob } from "../../support/jobs/supervise-requests.ts";

/** The endpoints of jobs that run at each firing, and of what comes after an answer. */

const PATH = "/api/events/cleanup";

describe("the endpoint of the cleanup", () => {
  let db: Db;
  beforeAll(async () => {
    const connection = await freshPostgres();
    useConnection(connection);
    db = connection.db;
  });
  afterAll(closeDatabase);
  beforeEach(() => {
    configure(SETTINGS);
    return empty(db);
  });

  const runs = () =>
    rows<{ at: string; trigger: string; status: string }>(
      db,
      sql`select scheduled_for as at, trigger, status from job_runs where job_name = 'job-cleanup' order by 1`,
    );

  it("runs the occurrence that a cron fires for, once", async () => {
    const headers = { "x-vercel-cron-schedule": "2 * * * *" };
    const fire = () => callJob<Record<string, unknown>>(GET, PATH, { token: CRON_SECRET, headers });
    const first = await fire();
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      status: "ok",
      skipped: false,
      scheduledFor: expect.stringMatching(/:02:00\.000Z$/),
      cleaned: 0,
      jobs: [],
      runs: [],
      mailsEmptied: 0,
      mailsDeleted: 0,
      runsDeleted: 0,
      appointmentsForgotten: 0,
    });
    expect(await runs()).toMatchObject([{ trigger: "cron", status: "completed" }]);
  });

  it("runs once more whenever a person asks", async () => {
    for (const body of [undefined, {}]) {
      const sent = { method: "POST", token: CRON_SECRET, ...(body && { json: body }) };
      expect((await callJob(POST, PATH, sent)).body).toMatchObject({ status: "ok", skipped: false });
    }
    expect((await runs()).map(({ trigger }) => trigger)).toEqual(["manual", "manual"]);
  });

  it("gives up on runs past their lease, and lists them", async () => {
    const [run] = await rows<{ id: string }>(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, trigger, attempt, started_at, heartbeat_at, lease_until, lease_token)
        values ('email-dispatch', '2026-03-02T12:00Z', 'running', 'cron', 3, '2026-03-02T12:00Z', '2026-03-02T12:00:20Z', '2026-03-02T12:01:20Z', gen_random_uuid())
        returning id`,
    );
    const { body } = await callJob<Record<string, unknown>>(POST, PATH, { method: "POST", token: CRON_SECRET });
    const failed = {
      id: run?.id,
      jobName: "email-dispatch",
      scheduledFor: "2026-03-02T12:00:00.000Z",
      startedAt: "2026-03-02T12:00:00.000Z",
      reason: "no sign of life since 2026-03-02T12:00:20Z",
    };
    expect(body).toMatchObject({ cleaned: 1, jobs: [failed], runs: [failed] });
  });

  it.each([
    [PATH, "?force=true", {}, "force"],
    [PATH, "", { limit: 5 }, "limit"],
    ["/api/events/emails/dispatch", "?limit=abc", {}, "limit"],
    ["/api/events/emails/dispatch", "?limit=0", {}, "limit"],
    ["/api/events/emails/dispatch", "", { limit: 10_001 }, "limit"],
    ["/api/events/emails/dispatch", "?dryRun=true", {}, "dryRun"],
    ["/api/events/monthly", "?month=2026-13", {}, "month"],
    ["/api/events/monthly", "?week=2026-02-02", {}, "week"],
    ["/api/events/monthly", "?month=1999-12", {}, "month"],
  ] as const)(
    "and others (%#) change nothing for a request that they refuse, nor does a tick",
    async (path, query, json, field) => {
      const before = await dump(db);
      for (const [handler, sent] of [
        [GET, {}],
        [POST, { method: "POST", json }],
      ] as const) {
        if (handler === GET && query === "") continue;
        const { status, body } = await callJob<Refusal>(handler, `${path}${query}`, { token: CRON_SECRET, ...sent });
        expect(status).toBe(400);
        expect(body.error).toMatchObject({
          code: "invalid-parameter",
          field,
          message: expect.stringContaining(`${field}: expected `),
        });
      }
      expect(await dump(db)).toEqual(before);
      expect(before.cron_watches).toEqual([]);
    },
  );

  it("looks after all jobs when it has answered", async () => {
    await callJob(GET, PATH, { token: CRON_SECRET });
    expect((await dump(db)).cron_watches?.length).toBeGreaterThan(4);
  });
});
