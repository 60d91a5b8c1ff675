import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, row, rows } from "../../../lib/db/db.ts";
import { openPglite } from "../../../lib/db/drivers/embedded.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { cronRequest, triggerOf } from "../../../lib/jobs/endpoint/trigger.ts";
import { useClock } from "../../../lib/time/clock.ts";
import { empty } from "../../support/database/databases.ts";
import { dumpDerived } from "../../support/database/dump.ts";
import { GET } from "../../support/http/api.ts";
import { fireWeekly } from "../../support/jobs/invoke-weekly.ts";
import { addBigClub } from "../../worlds/big-club.ts";
import { addUsers } from "../../worlds/club.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";

const NOW = "2026-02-09T00:05:00Z";
const WEEK = { date: "2026-02-02" };
const SECRET = "a-cron-secret-of-tests";

describe("a run that reaches its deadline", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await openPglite(); // one that was loaded from a dump does not bear a clock that leaps as ours does
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    configure(SETTINGS);
    return empty(db);
  });

  /** A clock that goes on by a second at every step of the run, from the instant of the invocation. */
  function steppingClock() {
    let at = Date.parse(NOW);
    return { clock: () => at, onProgress: () => (at += 1000) };
  }

  it("pauses after any step and, once continued, writes the same tables", async () => {
    await addBigClub(db, 2_300);
    await fireWeekly(db, NOW, WEEK);
    const undisturbed = await dumpDerived(db);

    await empty(db);
    await addBigClub(db, 2_300);
    const { clock, onProgress } = steppingClock();
    let partial = 0;
    for (;;) {
      const deadline = clock() + 1; // one step, no more
      const { main } = await fireWeekly(db, NOW, WEEK, { clock, onProgress, deadline });
      if (main.outcome.status !== "partial") {
        expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { processedUsers: 2_300 } } });
        break;
      }
      partial += 1;
      expect(await row(db, sql`select status, attempt, lease_token from job_runs`)).toEqual({
        status: "pending",
        attempt: 1,
        lease_token: null,
      });
    }
    expect(partial).toBe(10); // eleven steps
    expect(await dumpDerived(db)).toEqual(undisturbed);
  });

  it("fails when all its continuations together have taken too long", async () => {
    await addUsers(db, "ada");
    const { clock, onProgress } = steppingClock();
    const slow = { clock, onProgress, jobTimeoutMs: 2000 };
    const first = await fireWeekly(db, NOW, WEEK, { ...slow, deadline: clock() + 1 });
    expect(first.main.outcome.status).toBe("partial");
    const second = await fireWeekly(db, NOW, WEEK, slow);
    expect(second.main.outcome).toMatchObject({ status: "failed", error: { code: "job-timeout" } });
    const { error } = await row<{ error: string }>(db, sql`select metadata->'error'->>'code' as error from job_runs`);
    expect(error).toBe("job-timeout");
  });

  it("answers 202 and calls itself to go on", async () => {
    const calls: { url: string | undefined; authorization: string | undefined; trigger: string }[] = [];
    const itself = createServer((request, response) => {
      const headers = new Headers(request.headers as Record<string, string>);
      const { trigger } = triggerOf(new Request("http://127.0.0.1", { headers }), "/", new Date(NOW));
      calls.push({ url: request.url, authorization: request.headers.authorization, trigger });
      response.end("{}");
    });
    await new Promise<void>((resolve) => itself.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(itself.address() as AddressInfo).port}`;
    configure({ ...SETTINGS, EVENTS_BASE_URL: url, CRON_SECRET: SECRET });
    useConnection(connection);
    await addUsers(db, "ada");

    let time = Date.now();
    useClock(() => (time += 20_000)); // every look at the clock is 20 s later
    const response = await GET(cronRequest(`${url}/api/events/weekly`, SECRET, "5 0,6,12 * * 1"));
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ status: "partial", skipped: false });
    await backgroundWork();
    expect(calls).toEqual([{ url: "/api/events/weekly", authorization: `Bearer ${SECRET}`, trigger: "continuation" }]);
    const statuses = await rows<{ status: string }>(
      db,
      sql`select distinct status from job_runs where status <> 'completed'`,
    );
    expect(statuses).toEqual([{ status: "pending" }]);
    itself.close();
  });
});
