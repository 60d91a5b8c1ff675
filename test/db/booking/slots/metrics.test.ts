import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { slotMetrics } from "../../../../lib/booking/metrics/slot-metrics.ts";
import { slotWarnings } from "../../../../lib/booking/metrics/warnings.ts";
import { slotDays, slotHolds } from "../../../../lib/booking/schema.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { GET } from "../../../support/http/api.ts";
import { call, type Refusal, SETTINGS } from "../../../support/http/requests.ts";
import { addRuns } from "../../../worlds/ledger.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../../worlds/slots.ts";

const NOW = new Date("2026-03-02T12:00:00Z");
const inHours = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);

const it = databaseTest(SETTINGS);

describe("slot metrics", () => {
  let db: Db;
  it.beforeEach(({ db: fresh }) => {
    db = fresh;
  });

  const metrics = (days = 30, providerId?: string) => slotMetrics(db, days, providerId, NOW);

  it("are null without services, and give no warnings", async () => {
    expect(await metrics()).toMatchObject({
      coverage: { activeServices: 0, coveredServices: 0, percent: null },
      density: { bookableSlots: 0, perDay: null },
      bookingRate: { past: { offered: 0, percent: null }, ahead: { offered: 0, percent: null } },
      warnings: [],
      providers: [],
    });
  });

  it("count a service as covered only if it has a bookable slot", async () => {
    await addProvider(db);
    await addProvider(db, { id: "gone", active: false });
    for (const id of ["massage", "full", "late", "past", "none"]) await addService(db, { id, minNoticeMinutes: 120 });
    await addService(db, { id: "closed", active: false });
    await addService(db, { id: "elsewhere", providerId: "gone" });
    await addSlots(
      db,
      { startsAt: inHours(2) },
      { serviceId: "full", startsAt: inHours(30), bookedCount: 1 },
      { serviceId: "late", startsAt: inHours(1.9) },
      { serviceId: "past", startsAt: inHours(-3) },
      { serviceId: "none", startsAt: inHours(24 * 30) },
      { serviceId: "closed", startsAt: inHours(5) },
      { serviceId: "elsewhere", providerId: "gone", startsAt: inHours(5) },
    );
    const { coverage, uncovered, density, warnings } = await metrics();
    expect(coverage).toEqual({ activeServices: 5, coveredServices: 1, percent: 20 });
    expect(uncovered).toEqual(["full", "late", "none", "past"]);
    expect(density).toEqual({ bookableSlots: 1, days: 30, perDay: 0.03 });
    expect(warnings.map(({ code }) => code)).toEqual(["coverage-low", "density-low"]);
    expect((await metrics(31)).coverage.coveredServices).toBe(2);
  });

  it("do not count a slot that overlaps a held one, buffers included, until the hold expires", async () => {
    await addProvider(db);
    await addService(db);
    await addService(db, { id: "talk" });
    const [held = 0] = await addSlots(
      db,
      { startsAt: inHours(10), busyUntil: inHours(11.5), heldCount: 1 },
      { serviceId: "talk", startsAt: inHours(11) },
      { serviceId: "talk", startsAt: inHours(12) },
    );
    const hold = { id: randomUUID(), slotId: held, providerId: "praxis" };
    await db.insert(slotHolds).values({ ...hold, expiresAt: inHours(0.05) });
    expect((await metrics()).density.bookableSlots).toBe(1);
    await db.update(slotHolds).set({ expiresAt: NOW });
    expect((await metrics()).density.bookableSlots).toBe(3);
  });

  it("compute the booking rate, including days whose slots are deleted", async () => {
    await addProvider(db);
    await addService(db);
    await addSlots(
      db,
      { startsAt: inHours(-24), capacity: 4, bookedCount: 3 },
      { startsAt: inHours(24), capacity: 10, bookedCount: 1 },
      { startsAt: inHours(48), capacity: 5 },
    );
    await db.insert(slotDays).values([
      { serviceId: "massage", localDate: "2026-02-20", offered: 8, booked: 2 },
      { serviceId: "massage", localDate: "2026-01-30", offered: 100, booked: 100 },
    ]);
    expect((await metrics()).bookingRate).toEqual({
      past: { booked: 5, offered: 12, percent: 41.67 },
      ahead: { booked: 1, offered: 15, percent: 6.67 },
    });
  });

  it("are separate for each provider", async () => {
    await addProvider(db);
    await addProvider(db, { id: "zwei", name: "Zwei", timezone: "Asia/Kathmandu" });
    await addService(db);
    await addService(db, { id: "trek", providerId: "zwei" });
    await addSlots(
      db,
      { startsAt: inHours(24) },
      { serviceId: "trek", providerId: "zwei", startsAt: inHours(24), bookedCount: 1 },
    );
    expect((await metrics()).providers.map(({ providerId, bookableSlots }) => [providerId, bookableSlots])).toEqual([
      ["praxis", 1],
      ["zwei", 0],
    ]);
    const { providers, coverage, bookingRate } = await metrics(30, "zwei");
    expect(providers).toMatchObject([{ providerId: "zwei", booked: 1, offered: 1 }]);
    expect(coverage.percent).toBe(0);
    expect(bookingRate.ahead.percent).toBe(100);
  });

  it("warn about slots that the last maintenance of all services left out", async () => {
    await addRuns(
      db,
      NOW,
      { jobName: "slot-maintenance", minutesAgo: 600, metadata: { capped: 12 } },
      {
        jobName: "slot-maintenance",
        minutesAgo: 60,
        metadata: { capped: 0, parameters: { serviceId: "one" } },
        trigger: "manual",
      },
    );
    expect((await metrics()).warnings).toMatchObject([
      { code: "slots-capped", message: expect.stringContaining("12") },
    ]);
  });

  it("require an existing provider", async () => {
    const path = "/api/admin/slots/metrics";
    expect(await call(GET, path)).toMatchObject({ status: 200, body: { window: { days: 30 } } });
    expect((await call<Refusal>(GET, `${path}?days=0`)).body.error).toMatchObject({ field: "days" });
    expect((await call<Refusal>(GET, `${path}?providerId=nobody`)).status).toBe(404);
  });
});

it.each([
  [49.99, 10, ["coverage-low"]],
  [50, 10, ["coverage-below-recommendation"]],
  [79.99, 10, ["coverage-below-recommendation"]],
  [80, 10, []],
  [100, 9.99, ["density-low"]],
  [null, null, []],
])("a coverage of %s and a density of %s give the warnings %j", (coverage, density, codes) => {
  expect(slotWarnings(coverage, density, 0).map(({ code }) => code)).toEqual(codes);
});
