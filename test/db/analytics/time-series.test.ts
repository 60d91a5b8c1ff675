import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { dashboard } from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addSite, processAll, send } from "../../worlds/site.ts";
import { sendVisit, weekend } from "../../worlds/site-visits.ts";

const it = databaseTest(SETTINGS);

/** Traffic by hour, day, week and month in the site's zone. */

interface Part {
  start: string;
  visitors?: number;
  visits: number;
  page_views: number;
  events: number;
  bounce_rate: number | null;
  visit_duration_seconds: number | null;
  pages_per_visit: number | null;
}

const EMPTY = {
  visits: 0,
  page_views: 0,
  events: 0,
  bounce_rate: null,
  visit_duration_seconds: null,
  pages_per_visit: null,
};

describe("a time series", () => {
  beforeEach<{ db: Db }>(({ db }) => addSite(db));

  const series = async (from: string, to: string, interval: string, token?: string) => {
    const { body } = await dashboard<{ time_series: Part[] }>(
      `?from=${from}&to=${to}&interval=${interval}`,
      token ? { token } : {},
    );
    return body.time_series;
  };
  const busy = (parts: Part[]) => parts.filter(({ events, visits }) => events + visits > 0);

  it("by the day includes empty days", async ({ db }) => {
    await weekend(db);
    expect(await series("2026-01-31", "2026-02-03", "day")).toEqual([
      { start: "2026-01-30T23:00:00.000Z", visitors: 0, ...EMPTY },
      {
        start: "2026-01-31T23:00:00.000Z",
        visitors: 1,
        visits: 2,
        page_views: 3,
        events: 4,
        bounce_rate: 50,
        visit_duration_seconds: 300,
        pages_per_visit: 1.5,
      },
      {
        start: "2026-02-01T23:00:00.000Z",
        visitors: 2,
        visits: 3,
        page_views: 3,
        events: 4,
        bounce_rate: 33.33,
        visit_duration_seconds: 200,
        pages_per_visit: 1,
      },
      { start: "2026-02-02T23:00:00.000Z", visitors: 0, ...EMPTY },
    ]);
  });

  it("by the hour counts a visit when it began, and has no visitors", async ({ db }) => {
    await weekend(db);
    const parts = await series("2026-02-01", "2026-02-02", "hour");
    expect(parts).toHaveLength(48);
    expect(parts.every((part) => !("visitors" in part))).toBe(true);
    expect(busy(parts).map(({ start, visits, events }) => `${start.slice(8, 16)} ${visits} ${events}`)).toEqual([
      "01T09:00 2 4",
      "01T23:00 1 2",
      "02T10:00 1 1",
      "02T11:00 1 1",
    ]);
  });

  it("by the week starts on Mondays, by the month on the 1st, and counts only days in the range", async ({ db }) => {
    await weekend(db);
    const weeks = await series("2026-01-29", "2026-02-02", "week");
    expect(weeks.map(({ start, visitors, visits }) => `${start} ${visitors} ${visits}`)).toEqual([
      "2026-01-25T23:00:00.000Z 1 2",
      "2026-02-01T23:00:00.000Z 2 3",
    ]);
    const months = await series("2025-12-15", "2026-02-01", "month");
    expect(months.map(({ start, visitors, events }) => `${start} ${visitors} ${events}`)).toEqual([
      "2025-11-30T23:00:00.000Z 0 0",
      "2025-12-31T23:00:00.000Z 0 0",
      "2026-01-31T23:00:00.000Z 1 4",
    ]);
  });

  it("has the same total for every interval", async ({ db }) => {
    await weekend(db);
    for (const interval of ["hour", "day", "week", "month"]) {
      const parts = await series("2026-02-01", "2026-02-02", interval);
      const sum = (name: "visits" | "events" | "page_views") => parts.reduce((total, part) => total + part[name], 0);
      expect([interval, sum("visits"), sum("events"), sum("page_views")]).toEqual([interval, 5, 8, 6]);
    }
  });

  it("leaves out days outside the range", async ({ db }) => {
    await weekend(db);
    const { body } = await dashboard<{ summary: Part; top_pages: unknown[] }>("?from=2026-02-02&to=2026-02-02");
    expect(body.summary).toMatchObject({ visitors: 2, visits: 3, page_views: 3, events: 4 });
    expect(body.top_pages).toHaveLength(3);
  });

  it("has 25 hours on the day when the clock is put back, with two separate hours from 2 to 3", async ({ db }) => {
    const received = new Date("2026-10-25T20:00:00Z");
    await sendVisit(db, { id: "ada" }, "s-1", [["2026-10-25T00:15", "view /"]], received);
    await sendVisit(db, { id: "bob" }, "s-2", [["2026-10-25T01:15", "view /"]], received);
    await sendVisit(
      db,
      { id: "eve" },
      "s-3",
      [
        ["2026-10-24T22:00", "view /"],
        ["2026-10-24T22:01", "view /"],
      ],
      received,
    );
    await sendVisit(db, { id: "eve" }, "s-4", [["2026-10-25T23:00", "view /"]], new Date("2026-10-25T23:30:00Z"));
    await processAll(db, received);
    const hours = await series("2026-10-25", "2026-10-25", "hour");
    expect(hours).toHaveLength(25);
    expect(new Set(hours.map(({ start }) => start)).size).toBe(25);
    expect(busy(hours).map(({ start, events }) => `${start.slice(8, 16)} ${events}`)).toEqual([
      "24T22:00 2",
      "25T00:00 1",
      "25T01:00 1",
    ]);
    const days = await series("2026-10-24", "2026-10-26", "day");
    expect(days.map(({ start, visitors, visits }) => `${start.slice(8, 16)} ${visitors} ${visits}`)).toEqual([
      "23T22:00 0 0",
      "24T22:00 3 3",
      "25T23:00 1 1",
    ]);
  });

  it("has 23 hours on the day when the clock is put forward", async ({ db }) => {
    const received = new Date("2026-03-29T20:00:00Z");
    await sendVisit(
      db,
      { id: "ada" },
      "s-1",
      [
        ["2026-03-29T00:59", "view /"],
        ["2026-03-29T01:00", "view /"],
      ],
      received,
    );
    await processAll(db, received);
    const hours = await series("2026-03-29", "2026-03-29", "hour");
    expect(hours).toHaveLength(23);
    expect(busy(hours).map(({ start, events, visits }) => `${start.slice(8, 16)} ${events} ${visits}`)).toEqual([
      "29T00:00 1 1",
      "29T01:00 1 0",
    ]);
    const weeks = await series("2026-03-29", "2026-03-30", "week");
    expect(weeks.map(({ start }) => start)).toEqual(["2026-03-22T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]);
  });

  it("loses no hour if the clock changes by half an hour, and keeps the repeated half hour separate", async ({
    db,
  }) => {
    const { readKey } = await addSite(db, { customerId: "lord-howe", timezone: "Australia/Lord_Howe" });
    const visit = { event_type: "page_view", page_url: "https://shop.example/", user_id: "ada" };
    const at = async (instants: string[]) => {
      const now = new Date(`${instants.at(-1)}Z`);
      const events = instants.map((instant) => ({ ...visit, event_id: instant, occurred_at: `${instant}Z` }));
      await send(db, events, { now, customerId: "lord-howe" });
      await processAll(db, now);
    };
    const hours = async (day: string) =>
      (await series(day, day, "hour", readKey)).map((part) => part.start.slice(8, 16));
    const eventsOf = async (day: string) =>
      busy(await series(day, day, "hour", readKey)).map(({ start, events }) => `${start.slice(8, 16)} ${events}`);

    // Put back at 2:00 (15:00 UTC) to 1:30: from then on, hours begin at half past in UTC.
    await at(["2026-04-04T14:10", "2026-04-04T14:40", "2026-04-04T15:10", "2026-04-04T15:40"]);
    expect(await eventsOf("2026-04-05")).toEqual(["04T14:00 2", "04T14:30 1", "04T15:30 1"]);
    expect(await hours("2026-04-05")).toHaveLength(25);

    // Put forward at 2:00 (15:30 UTC) to 2:30.
    await at(["2026-10-03T15:10", "2026-10-03T15:40", "2026-10-03T16:10"]);
    expect(await eventsOf("2026-10-04")).toEqual(["03T14:30 1", "03T15:00 1", "03T16:00 1"]);
    expect(await hours("2026-10-04")).toHaveLength(24);
  });

  it("counts a day once if the zone skips the next one", async ({ db }) => {
    const { readKey } = await addSite(db, { customerId: "samoa", timezone: "Pacific/Apia" });
    const days = await series("2011-12-29", "2011-12-31", "day", readKey);
    expect(days.map(({ start }) => start)).toEqual(["2011-12-29T10:00:00.000Z", "2011-12-30T10:00:00.000Z"]);
  });

  it.each(["from=2000-01-01&to=2000-01-02", "to=9999-12-31", "from=9999-12-31&to=9999-12-31&interval=month"])(
    "is empty in the distant past and future: %s",
    async (query) => {
      const { status, body } = await dashboard<{ time_series: Part[] }>(`?${query}`);
      expect({ status, busy: busy(body.time_series) }).toEqual({ status: 200, busy: [] });
    },
  );

  it("starts its hours by the site's clock, even in a zone that is off by a quarter of an hour", async ({ db }) => {
    const { readKey } = await addSite(db, { customerId: "kathmandu", timezone: "Asia/Kathmandu" });
    expect((await series("2026-02-01", "2026-02-01", "hour", readKey))[0]?.start).toBe("2026-01-31T18:15:00.000Z");
    expect((await series("2026-02-01", "2026-02-01", "day", readKey))[0]?.start).toBe("2026-01-31T18:15:00.000Z");
  });
});
