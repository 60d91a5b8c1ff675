import { beforeEach, describe, expect } from "vitest";
import type { Metrics } from "../../../lib/attendance/metrics/counts-and-rates.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { setClock } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addDays } from "../../worlds/attendance.ts";

const PATH = "/api/tracking/metrics";

interface MetricsResponse {
  timezone: string;
  groupBy: string;
  from: string;
  to: string;
  days: { days: number; read: number; final: number; imported: number; unread: string[] };
  total: Metrics;
  previous: { from: string; to: string; days: { read: number }; total: Metrics };
  trend: Record<keyof Metrics, number | null>;
  groups: (Metrics & { group: string })[];
}

const it = databaseTest(SETTINGS);

describe("GET /api/tracking/metrics", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const ask = (query = "") => call<MetricsResponse>(GET, `${PATH}${query}`);

  it("compares with the same number of days before, in counts and percentage points", async () => {
    await addDays(
      db,
      { date: "2025-09-01", completed: 3, no_shows: 1, sold: 1 },
      { date: "2025-09-02", completed: 3, no_shows: 1, sold: 2 },
      { date: "2025-08-30", completed: 1, no_shows: 1, sold: 1 },
      { date: "2025-08-31", completed: 1 },
      { date: "2025-08-29", completed: 1_000 },
      { date: "2025-09-03", completed: 1_000 },
    );
    const { body } = await ask("?from=2025-09-01&to=2025-09-02");
    expect(body.total).toMatchObject({ totalSlots: 8, showRate: 75, successRate: 50 });
    expect(body.previous).toMatchObject({
      from: "2025-08-30",
      to: "2025-08-31",
      total: { totalSlots: 3, showRate: 66.67 },
    });
    expect(body.trend).toMatchObject({
      totalSlots: 5,
      completed: 4,
      sold: 2,
      noShows: 1,
      showRate: 8.33,
      successRate: 0,
      noShowRate: -8.33,
    });
  });

  it("has no trend if an earlier day is unread, and only rates if a current day is", async () => {
    await addDays(
      db,
      ...["2025-09-02", "2025-09-03", "2025-09-04"].map((date) => ({ date, completed: 3, no_shows: 1 })),
    );
    const { trend: partly } = (await ask("?from=2025-09-03&to=2025-09-04")).body; // the 1st is unread
    expect(Object.values(partly).every((difference) => difference === null)).toBe(true);
    const { trend: rates } = (await ask("?from=2025-09-04&to=2025-09-05")).body; // the 5th is unread
    expect(rates).toMatchObject({ totalSlots: null, completed: null, showRate: 0, noShowRate: 0 });
  });

  it("has no trend without earlier days or without a denominator", async () => {
    await addDays(
      db,
      { date: "2025-09-02", completed: 3 },
      { date: "2025-09-03", completed: 3 },
      { date: "2025-09-04" },
    );
    const { trend, previous } = (await ask("?from=2025-09-02&to=2025-09-02")).body;
    expect(previous.days.read).toBe(0);
    expect(Object.values(trend).every((difference) => difference === null)).toBe(true);
    const { trend: none } = (await ask("?from=2025-09-04&to=2025-09-04")).body;
    expect(none).toMatchObject({ totalSlots: -3, completed: -3, showRate: null });
  });

  it("cannot say what was sold where an import does not, in no sum of which it is a part", async () => {
    await addDays(
      db,
      { date: "2025-09-01", completed: 4, sold: 2 },
      { date: "2025-09-02", completed: 4, sold: null, source: "figures" },
      { date: "2025-09-08", completed: 4, sold: 3, source: "outcomes" },
    );
    const { body } = await ask("?from=2025-09-01&to=2025-09-08&groupBy=week");
    expect(body.total).toMatchObject({ completed: 12, sold: null, successRate: null, showRate: 100 });
    expect(body.groups).toMatchObject([
      { group: "2025-09-01", completed: 8, sold: null, successRate: null },
      { group: "2025-09-08", completed: 4, sold: 3, successRate: 75 },
    ]);
    expect(body.trend.sold).toBeNull();
    expect(body.days).toMatchObject({ days: 8, read: 3, final: 3, imported: 2 });
  });

  it("lists unread days, and counts final ones", async () => {
    await addDays(db, { date: "2025-09-01", completed: 1 }, { date: "2025-09-03", pending: 1, final: false });
    const { days } = (await ask("?from=2025-08-31&to=2025-09-04")).body;
    expect(days).toEqual({
      days: 5,
      read: 2,
      final: 1,
      imported: 0,
      unread: ["2025-08-31", "2025-09-02", "2025-09-04"],
    });
    const many = (await ask("?from=2025-01-01&to=2025-12-31")).body.days;
    expect(many.unread).toHaveLength(31);
    expect([many.unread[0], many.unread.at(-1)]).toEqual(["2025-01-01", "2025-01-31"]);
  });

  it("does not list future days as unread", async () => {
    const { body } = await ask("?from=2090-01-01&to=2090-01-31");
    expect(body.days).toMatchObject({ days: 31, read: 0, unread: [] });
    expect(body.total).toMatchObject({ totalSlots: 0, showRate: null });
    expect(body.groups).toEqual([]);
  });

  it("covers the last 30 days in TRACKING_TIMEZONE by default, by day", async () => {
    setClock("2026-03-11T10:30:00Z");
    const today = {
      "Europe/Berlin": "2026-03-11",
      "Pacific/Kiritimati": "2026-03-12",
      "Pacific/Pago_Pago": "2026-03-10",
    };
    for (const [zone, date] of Object.entries(today)) {
      configure({ ...SETTINGS, TRACKING_TIMEZONE: zone });
      const { from, to, days, groupBy, timezone } = (await ask()).body;
      expect(to).toBe(date);
      expect({ days: days.days, groupBy, timezone }).toEqual({ days: 30, groupBy: "day", timezone: zone });
      expect(Date.parse(to) - Date.parse(from)).toBe(29 * 86_400_000);
    }
    expect((await ask("?to=2025-09-30")).body).toMatchObject({ from: "2025-09-01", to: "2025-09-30" });
    expect((await ask("?from=2025-09-30&to=2025-09-30")).body.days.days).toBe(1);
  });

  it.each([
    ["?groupBy=year", "groupBy", "one of day, week, month, weekday, hour, consultant, potential"],
    ["?groupBy=", "groupBy", "one of day"],
    ["?from=2025-09-02&to=2025-09-01", "from", "a date before 2025-09-01"],
    ["?from=2015-01-01&to=2025-09-01", "from", "3660 days"],
    ["?from=2090-01-01", "from", "a date before"],
    ["?from=2025-02-30", "from", "a calendar date YYYY-MM-DD"],
    ["?to=yesterday", "to", "a calendar date YYYY-MM-DD"],
    ["?to=1999-12-31", "to", "a calendar date from 2000 on"],
    ["?until=2025-09-01", "until", "no such field"],
    ["?from=2025-09-01&from=2025-09-02", "from", "one value"],
  ])("refuses %s and names %s", async (query, field, expected) => {
    const { status, body } = await call<Refusal>(GET, `${PATH}${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "invalid-parameter", field, expected: expect.stringContaining(expected) });
  });
});
