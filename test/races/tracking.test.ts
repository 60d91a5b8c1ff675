import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { calendarTracking } from "../../lib/attendance/tracking-job.ts";
import type { Db } from "../../lib/db/db.ts";
import type { RawParameters } from "../../lib/jobs/job.ts";
import { runOccurrence } from "../../lib/jobs/occurrence.ts";
import { type GoogleServer, startGoogle } from "../fakes/google-server.ts";
import { configureGoogle, fireTracking, NOW, settingsFor } from "../support/attendance/tracking-run.ts";
import { bundled } from "../support/children/bundled.ts";
import type { Death } from "../support/children/dying.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { dump } from "../support/http/requests.ts";
import { invocation } from "../support/jobs/invoke-weekly.ts";
import { event } from "../worlds/google-events.ts";

const DAY_MS = 86_400_000;

/** Three appointments on each of the last days. */
const busyDays = (days: number) =>
  Array.from({ length: 3 * days }, (_, n) => {
    const start = new Date(NOW.getTime() - Math.floor(n / 3) * DAY_MS - (5 + (n % 3)) * 3_600_000).toISOString();
    const fields = [{ colorId: "2" }, { summary: `Gast ${n} (ghost)` }, { summary: `Gast ${n}`, colorId: "11" }][n % 3];
    return event({ id: `busy${n}`, start, ...fields });
  });

/** All appointments and days, without ids, order and times of reading. */
async function attendance(db: Db) {
  const { calendar_appointments: appointments = [], daily_metrics: days = [] } = await dump(
    db,
    "calendar_appointments",
    "daily_metrics",
  );
  const rows = appointments.map(({ id: _, read_at: __, ...row }) => JSON.stringify(row)).sort();
  return { appointments: rows, days: days.map(({ read_at: _, ...day }) => day) };
}

describe("tracking on a real Postgres", () => {
  let google: GoogleServer;
  beforeAll(async () => {
    google = await startGoogle({ calendars: { "team@club.example": busyDays(70) } });
  });
  afterAll(() => google.close());
  beforeEach(() => {
    google.requests.length = 0;
    google.onList = [];
    configureGoogle(google);
  });

  it("makes at most 180 requests to Google in any 60 seconds, with five backfills at once", async () => {
    // The clock runs twenty times as fast. The Google server records requests with the same clock.
    const started = performance.now();
    const clock = () => NOW.getTime() + (performance.now() - started) * 20;
    const slow = await startGoogle({
      calendars: { "team@club.example": busyDays(3) },
      pageSizes: Array.from({ length: 79 }, () => 0),
      now: () => new Date(clock()),
    });
    configureGoogle(slow);
    const { db, close } = await freshPostgres({ max: 20 });
    const backfill = { start: "2026-02-08", end: "2026-02-10", force: "true" };
    const timing = { clock, sleep: (ms: number) => sleep(ms / 20) };
    const runs = await Promise.all(Array.from({ length: 5 }, () => fireTracking(db, backfill, NOW, timing)));
    expect(runs.map(({ outcome }) => outcome.status)).toEqual(runs.map(() => "completed"));
    const asked = slow.lists().map(({ at }) => at.getTime());
    expect(asked).toHaveLength(400);
    const tooSoon = asked.filter((at, nth) => nth >= 180 && at - (asked[nth - 180] ?? 0) < 60_000);
    expect(tooSoon).toEqual([]);
    expect((await attendance(db)).appointments).toHaveLength(9);
    await slow.close();
    await close();
  });

  it("counts every day correctly when a backfill and daily runs write the same days at once", async () => {
    const [{ db, close }, calm] = await Promise.all([freshPostgres({ max: 20 }), freshPostgres()]);
    const backfill: RawParameters = { start: "2025-12-03", end: "2026-02-10", force: "true" };
    await fireTracking(calm.db, backfill);
    const tasks: RawParameters[] = [
      backfill,
      {},
      {},
      { start: "2026-02-01" },
      { date: "2026-02-10" },
      { date: "2026-02-03" },
    ];
    const runs = await Promise.all(tasks.map((given) => fireTracking(db, given)));
    expect(runs.map(({ outcome }) => outcome.status)).toEqual(tasks.map(() => "completed"));
    expect(await attendance(db)).toEqual(await attendance(calm.db));
    await Promise.all([close(), calm.close()]);
  });

  describe("killed", () => {
    const GIVEN = { start: "2025-12-11", end: "2026-02-10" };
    let undisturbed: Awaited<ReturnType<typeof attendance>>;
    beforeAll(async () => {
      configureGoogle(google);
      const calm = await freshPostgres();
      const { outcome } = await fireTracking(calm.db, GIVEN);
      expect(outcome).toMatchObject({ status: "completed", result: { counts: { requests: 2 } } });
      undisturbed = await attendance(calm.db);
      await calm.close();
    });

    // Steps: a page and the end of its range, twice, and the reclassification.
    const deaths = [1, 2, 3, 4, 5].flatMap((nth): Death[] => [
      { moment: "before", nth },
      { moment: "after", nth },
    ]);

    const kill = async (death: Death) => {
      const { url, db, close } = await freshPostgres();
      const script = bundled("test/support/children/tracking-child.ts");
      const told = [settingsFor(google), GIVEN, death].map((one) => JSON.stringify(one));
      const args = [script, url, NOW.toISOString(), ...told];
      const [, signal] = await once(spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }), "close");
      expect(signal).toBe("SIGKILL");
      return { db, close };
    };

    const resume = async ({ db, close }: Awaited<ReturnType<typeof kill>>) => {
      const finished = ((await dump(db, "daily_metrics")).daily_metrics ?? []).filter(({ final }) => final).length;
      google.requests.length = 0;
      const over = { clock: () => Date.now() + 120_000, trigger: "continuation" } as const;
      const { outcome } = await runOccurrence(calendarTracking, {}, NOW, invocation(db, NOW.toISOString(), over));
      expect(outcome).toMatchObject({ status: "completed", result: { counts: { daysRead: 62 } } });
      expect(google.lists()).toHaveLength(finished === 0 ? 2 : finished === 31 ? 1 : 0);
      expect(await attendance(db)).toEqual(undisturbed);
      await close();
    };

    it("at any step continues to the same metrics, and reads no finished range again", async () => {
      for (const pair of Map.groupBy(deaths, ({ nth }) => nth).values()) {
        for (const victim of await Promise.all(pair.map(kill))) await resume(victim);
      }
    });
  });
});
