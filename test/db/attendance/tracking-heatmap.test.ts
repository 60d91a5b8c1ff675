import { describe, expect, it } from "vitest";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { addDays as shift } from "../../../lib/time/dates.ts";
import { setClock } from "../../support/clock.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { appointment, closeDays, writePage } from "../../worlds/attendance.ts";

const PATH = "/api/tracking/heatmap";

interface Heatmap {
  timezone: string;
  from: string;
  to: string;
  cells: Record<string, number | null>[];
}

describe("GET /api/tracking/heatmap", () => {
  let db: Db;
  const settings = SETTINGS;
  ownDatabase((own) => {
    db = own;
  }, settings);

  const ask = async (query = "") => (await call<Heatmap>(GET, `${PATH}${query}`)).body;

  /** Stores a day with counts by hour. */
  async function addDay(date: string, byHour: Record<string, Record<string, number>>): Promise<void> {
    const hours = Object.values(byHour);
    const sum = (name: string) => hours.reduce((total, hour) => total + (hour[name] ?? 0), 0);
    await db.insert(dailyMetrics).values({
      date,
      totalSlots: sum("total_slots"),
      completed: sum("completed"),
      sold: 0,
      noShows: sum("no_shows"),
      ghosts: sum("ghosts"),
      cancelled: 0,
      rescheduled: 0,
      overhang: 0,
      pending: 0,
      byHour,
      byUser: {},
      byPotential: {},
      final: true,
      source: "calendar",
      readAt: new Date(),
    });
  }

  it.each([
    ["from", "?from=2026-02-30", '"2026-02-30"'],
    ["from", "?from=2026-03-02&to=2026-03-01", "2026-03-02"],
    ["from", "?from=2001-01-01&to=2026-03-01", "2001-01-01"],
    ["to", "?to=yesterday", '"yesterday"'],
    ["groupBy", "?groupBy=hour", "one"],
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("adds up the same hour of the same weekday, and leaves out empty hours", async () => {
    await addDay("2026-02-02", {
      "09:00": { total_slots: 3, completed: 2, no_shows: 1, ghosts: 0 },
      "14:00": { total_slots: 2, completed: 0, no_shows: 1, ghosts: 1 },
      "16:00": { total_slots: 0, completed: 0, no_shows: 0, ghosts: 0 },
    });
    await addDay("2026-02-09", { "09:00": { total_slots: 3, completed: 2, no_shows: 0, ghosts: 1 } });
    await addDay("2026-02-08", { "00:00": { total_slots: 3, completed: 1, no_shows: 0, ghosts: 0 } });
    await addDay("2026-02-10", { "09:00": { total_slots: 99, completed: 99, no_shows: 0, ghosts: 0 } });
    expect(await ask("?from=2026-02-02&to=2026-02-09")).toEqual({
      timezone: "Europe/Berlin",
      from: "2026-02-02",
      to: "2026-02-09",
      cells: [
        { weekday: 0, hour: 9, total: 6, completed: 4, noShows: 2, showRate: 66.67 },
        { weekday: 0, hour: 14, total: 2, completed: 0, noShows: 2, showRate: 0 },
        { weekday: 6, hour: 0, total: 3, completed: 1, noShows: 0, showRate: 33.33 },
      ],
    });
  });

  it("shows appointments at their local hour, before and after the clocks change", async () => {
    const later = new Date("2026-04-02T00:00:00Z");
    const at = (instant: string) => appointment({ startsAt: new Date(instant) }, later);
    const [before, after] = ["2026-03-23T09:00:00Z", "2026-03-30T08:00:00Z"]; // 10:00 in Berlin, both
    await writePage(db, [at(before), at(after)]);
    await closeDays(db, ["2026-03-23", "2026-03-30"], later);
    const { cells } = await ask("?from=2026-03-01&to=2026-03-31");
    expect(cells).toEqual([{ weekday: 0, hour: 10, total: 2, completed: 2, noShows: 0, showRate: 100 }]);
  });

  it("covers the last 30 days in TRACKING_TIMEZONE by default", async () => {
    configure({ ...settings, TRACKING_TIMEZONE: "Pacific/Kiritimati" });
    setClock("2026-03-11T10:30:00Z");
    const { from, to, timezone, cells } = await ask();
    expect(timezone).toBe("Pacific/Kiritimati");
    expect(to).toBe("2026-03-12");
    expect(from).toBe(shift(to, -29));
    expect(cells).toEqual([]);
  });
});
