import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import { ADMIN_TOKEN_HOLDER } from "../../../../lib/audit/actor.ts";
import { bookingSlots, providerAvailability, services } from "../../../../lib/booking/schema.ts";
import { maintainNow } from "../../../../lib/booking/slots/maintain-now.ts";
import { slotMaintenance } from "../../../../lib/booking/slots/maintenance.ts";
import { maintenanceTables } from "../../../../lib/cli/output/maintenance-table.ts";
import { configure } from "../../../../lib/config/config.ts";
import { type Db, row, rows } from "../../../../lib/db/db.ts";
import { runOccurrence } from "../../../../lib/jobs/occurrence.ts";
import { jobRuns } from "../../../../lib/jobs/schema.ts";
import { type MaintenanceResponse, maintain, NOW } from "../../../support/booking/maintenance-run.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { GET, POST } from "../../../support/http/api.ts";
import { CRON_SECRET, dump, type Refusal, SETTINGS } from "../../../support/http/requests.ts";
import { invocation } from "../../../support/jobs/invoke-weekly.ts";
import { callJob } from "../../../support/jobs/supervise-requests.ts";
import { addProvider, addService, everyDay } from "../../../worlds/slots.ts";

const PATH = "/api/events/slots";

const it = databaseTest(SETTINGS);

describe("the endpoint of slot maintenance", () => {
  let db: Db;
  it.beforeEach(async ({ db: fresh }) => {
    db = fresh;
    for (const id of ["anna", "ben"]) {
      await addProvider(db, { id }, everyDay(0, 24));
      await addService(db, { id: `${id}-1`, providerId: id });
    }
  });

  const post = <Body = MaintenanceResponse>(json: object, query = "") =>
    callJob<Body>(POST, `${PATH}${query}`, { method: "POST", token: CRON_SECRET, json });
  const slotCount = () => db.$count(bookingSlots);

  it("returns counts and days, and stores the counts in the ledger", async () => {
    const { status, body } = await post({ daysAhead: 1, providerId: ["anna"] });
    expect(status).toBe(200);
    const today = new Date().toISOString().slice(0, 10);
    const counts = { changed: 0, removed: 0, expired: 0, kept: 0, conflicts: 0 };
    const added = body.days.reduce((sum, day) => sum + day.added, 0);
    expect(body).toMatchObject({ status: "ok", skipped: false, services: 1, ...counts, added, capped: 0 });
    expect(body.days.at(-1)).toMatchObject({ providerId: "anna", ...counts, added: 24 });
    expect(body.days.every(({ date }) => date >= today)).toBe(true);
    expect(body).toMatchObject({ daysTruncated: false, conflictSlots: [], cappedServices: [] });
    expect(await slotCount()).toBe(added);
    const { metadata } = await row<{ metadata: object }>(db, sql`select metadata from job_runs`);
    expect(metadata).toMatchObject({
      services: 1,
      added,
      ...counts,
      parameters: { daysAhead: 1, providerId: ["anna"] },
    });
    expect(Object.keys(metadata)).not.toContain("days");
  });

  it("runs by cron, on Sundays for 45 days", async () => {
    await db.update(services).set({ durationMinutes: 480 });
    const headers = { "x-vercel-cron-schedule": "0 3 * * 0" };
    const { body } = await callJob<MaintenanceResponse>(GET, `${PATH}?daysAhead=45`, {
      token: CRON_SECRET,
      headers,
    });
    expect(body).toMatchObject({ status: "ok", services: 2, scheduledFor: expect.stringMatching(/T03:00:00.000Z$/) });
    expect(new Set(body.days.map(({ date }) => date)).size).toBeGreaterThanOrEqual(45);
  });

  it("writes nothing in a dry run but that there was one", async () => {
    const before = await dump(db);
    const { body } = await post({ dryRun: true, daysAhead: 3 });
    expect(body).toMatchObject({ planned: true, services: 2 });
    expect(body.added).toBeGreaterThan(100);
    const { cron_watches: _, job_executions: executions, ...after } = await dump(db);
    expect({ ...after, cron_watches: [], job_executions: [] }).toEqual(before);
    expect(executions).toMatchObject([{ dry_run: true, outcome: "completed" }]);
  });

  it("does nothing if slot automation is off", async () => {
    configure({ ...SETTINGS, SLOT_AUTOMATION_ENABLED: "false" });
    const { body } = await post({});
    expect(body).toMatchObject({ status: "ok", disabled: true });
    expect(body).not.toHaveProperty("services");
    expect(await slotCount()).toBe(0);
  });

  it("only plans on a preview deployment", async () => {
    configure({ ...SETTINGS, VERCEL_ENV: "preview" });
    const { body } = await post({ daysAhead: 3 });
    expect(body).toMatchObject({ planOnly: true, planned: true, services: 2 });
    expect(await slotCount()).toBe(0);
    expect(await db.$count(jobRuns)).toBe(1);
  });

  it.each([
    [{ daysAhead: -1 }, "daysAhead", "a whole number from 0 to 365"],
    [{ daysAhead: 366 }, "daysAhead", "a whole number from 0 to 365"],
    [{ daysAhead: 1.5 }, "daysAhead", "a whole number from 0 to 365"],
    [{ daysAhead: "soon" }, "daysAhead", "a whole number from 0 to 365"],
    [{ providerId: "" }, "providerId", "an id of 1 to 128 printable ASCII characters"],
    [{ providerId: [] }, "providerId", "an id, or a list of 1 to 1000 ids"],
    [{ providerId: 7 }, "providerId", "an id, or a list of 1 to 1000 ids"],
    [{ serviceId: ["anna-1", ""] }, "serviceId[1]", "an id of 1 to 128 printable ASCII characters"],
    [{ serviceId: Array.from({ length: 1001 }, () => "anna-1") }, "serviceId", "an id, or a list of 1 to 1000 ids"],
    [{ dryRun: "perhaps" }, "dryRun", "true or false"],
    [{ forceCleanup: 2 }, "forceCleanup", "true or false"],
    [{ verbose: null }, "verbose", "true or false"],
    [{ force: true }, "force", "no such field"],
    [{ providerId: "ghost" }, "providerId", "the id of a provider"],
    [{ providerId: ["anna", "ghost"], serviceId: "ghost" }, "providerId", "the id of a provider"],
    [{ serviceId: "anna" }, "serviceId", "the id of a service"],
    [{ serviceId: "ghost", dryRun: true }, "serviceId", "the id of a service"],
  ])("refuses %j with 400, before anything is written", async (json, field, expected) => {
    const { status, body } = await post<Refusal>(json);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "invalid-parameter", field, expected });
    expect([await slotCount(), await db.$count(jobRuns)]).toEqual([0, 0]);
  });

  it("names an unknown id", async () => {
    const { body } = await post<Refusal>({ providerId: ["anna", "ghost"] });
    expect(body.error.message).toBe('providerId: expected the id of a provider, got "ghost"');
  });

  it("accepts ids in the query", async () => {
    const { body } = await post({}, "?providerId=ben&serviceId=ben-1&daysAhead=0&verbose=true");
    expect(body).toMatchObject({ services: 1, slotsTruncated: false });
    expect(body.slots?.every(({ providerId, action }) => providerId === "ben" && action === "add")).toBe(true);
  });

  it("continues after its deadline where it stopped, with the same parameters", async () => {
    configure({ ...SETTINGS, BATCH_SIZE: "20" });
    let clock = NOW.getTime();
    const deadline = clock + 2_500;
    const moving = { clock: () => clock, onProgress: () => (clock += 1_000), deadline, trigger: "manual" as const };
    const params = { daysAhead: 2, providerId: ["anna", "ben"] };
    const run = (over: object) => runOccurrence(slotMaintenance, params, NOW, invocation(db, NOW.toISOString(), over));
    expect((await run(moving)).outcome).toMatchObject({ status: "partial", progress: { done: 0, total: 2 } });
    expect(await slotCount()).toBe(60);
    await db.delete(services).where(sql`id = 'ben-1'`);
    await db.execute(sql`delete from providers where id = 'ben'`);
    const { outcome } = await run({ trigger: "continuation" });
    expect(outcome).toMatchObject({
      status: "completed",
      result: { counts: { services: 1, added: 69, kept: 0 }, details: { continued: true } },
    });
    expect(await slotCount()).toBe(69);
  });

  it("runs during each change, even for several changes in the same millisecond", async () => {
    const now = new Date();
    const scopes = [{ providerId: ["anna"] }, { serviceId: ["ben-1"] }, { serviceId: ["anna-1", "ben-1"] }];
    const answers = await Promise.all(scopes.map((scope) => maintainNow(db, now, scope, ADMIN_TOKEN_HOLDER, [])));
    expect(answers).toMatchObject([
      { status: "completed", services: 1 },
      { status: "completed", services: 1 },
      { status: "completed", services: 2 },
    ]);
    const runs = await rows<{ trigger: string; status: string }>(db, sql`select trigger, status from job_runs`);
    expect(runs).toEqual(answers.map(() => ({ trigger: "manual", status: "completed" })));
    expect(await maintainNow(db, now, {}, ADMIN_TOKEN_HOLDER, [])).toMatchObject({ added: 0 });
    await expect(maintainNow(db, now, { serviceId: ["ghost"] }, ADMIN_TOKEN_HOLDER, [])).rejects.toThrow(
      "serviceId: expected the id of a service",
    );
  });

  it("is shown in the terminal as a table by provider and day, with conflicts and limits in words", async () => {
    configure({ ...SETTINGS, MAX_SLOTS_PER_SERVICE: "30" });
    await db.update(providerAvailability).set({ startMinute: 540, endMinute: 720 });
    await maintain(db, { daysAhead: 1 });
    await db.execute(
      sql`update booking_slots set booked_count = 1 where provider_id = 'ben' and starts_at = '2026-06-01T10:00Z'`,
    );
    await db.execute(sql`delete from booking_slots where provider_id = 'anna' and starts_at = '2026-06-02T09:00Z'`);
    await db.execute(
      sql`update provider_availability set start_minute = 660, end_minute = 1440 where provider_id = 'ben'`,
    );
    const output = maintenanceTables({ ...(await maintain(db, { daysAhead: 2, dryRun: true })) });
    expect(output?.split("\n")).toEqual([
      "The plan for 2 services:",
      "",
      "provider  day         add  change  remove  expire  keep  conflict",
      "────────  ──────────  ───  ──────  ──────  ──────  ────  ────────",
      "anna      2026-06-01  0    0       0       0       3     0",
      "anna      2026-06-02  1    0       0       0       2     0",
      "anna      2026-06-03  3    0       0       0       0     0",
      "ben       2026-06-01  12   0       1       0       1     1",
      "ben       2026-06-02  12   0       2       0       1     0",
      "ben       2026-06-03  3    0       0       0       0     0",
      "total                 31   0       3       0       7     1",
      "",
      expect.stringMatching(
        /^Conflict: ben-1 at 2026-06-01T10:00:00.000Z \(slot \d+\) is no longer offered, but is booked once. It stays.$/,
      ),
      "",
      "Limit: 10 slots of ben-1 left out, beyond MAX_SLOTS_PER_SERVICE.",
    ]);
    const verboseOutput = maintenanceTables({
      ...(await maintain(db, { serviceId: "anna-1", daysAhead: 1, verbose: true })),
    });
    expect(verboseOutput).toMatch(/^What was done for 1 service:\n/);
    expect(verboseOutput?.split("\n").slice(-3)).toEqual([
      "action  service  date        starts (UTC)       ends (UTC)         capacity  category  price",
      "──────  ───────  ──────────  ─────────────────  ─────────────────  ────────  ────────  ─────",
      "add     anna-1   2026-06-02  2026-06-02T09:00Z  2026-06-02T10:00Z  1         normal    40.00",
    ]);
    configure({ ...SETTINGS, SLOT_AUTOMATION_ENABLED: "false" });
    expect(maintenanceTables({ ...(await maintain(db)) })).toBeUndefined();
  });

  it("limits the listed days, and drops days without changes first", async () => {
    await db.update(providerAvailability).set({ startMinute: 540, endMinute: 600 });
    await db.execute(
      sql`insert into providers (id, name, timezone) select 'p' || n, 'P', 'UTC' from generate_series(1, 60) n`,
    );
    await db.execute(sql`insert into provider_availability (provider_id, weekday, start_minute, end_minute)
      select 'p' || n, day, 540, 600 from generate_series(1, 60) n, generate_series(0, 6) day`);
    await db.execute(sql`insert into services (id, provider_id, name, duration_minutes, price)
      select 's' || n, 'p' || n, 'S', 60, 40 from generate_series(1, 60) n`);
    const first = await maintain(db, { daysAhead: 40 });
    expect([first.added, first.days.length, first.daysTruncated]).toEqual([62 * 41, 2_000, true]);
    await db.execute(sql`delete from booking_slots where provider_id = 'p9' and local_date = '2026-06-20'`);
    const second = await maintain(db, { daysAhead: 40 });
    expect([second.added, second.kept, second.daysTruncated]).toEqual([1, 62 * 41 - 1, true]);
    expect(second.days).toMatchObject([{ providerId: "p9", date: "2026-06-20", added: 1 }]);
  });
});
