import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { dashboard } from "../../support/analytics/site-requests.ts";
import { setClock } from "../../support/clock.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addSite, processAll } from "../../worlds/site.ts";
import { sendVisit, weekend } from "../../worlds/site-visits.ts";

const it = databaseTest(SETTINGS);

/** Known visits, and every number computed from them. */

const WEEKEND = "?from=2026-02-01&to=2026-02-02";
/** The progress of the events of `weekend`. */
const PROGRESS = {
  total_events: 11,
  processed_to_staging: 9,
  processed_to_business: 9,
  completion_rate: 81.82,
  latest_event: "2026-02-02T11:30:00.000Z",
};
const NO_EVENTS = {
  total_events: 0,
  processed_to_staging: 0,
  processed_to_business: 0,
  completion_rate: null,
  latest_event: null,
};
const NO_TRAFFIC = {
  visits: 0,
  page_views: 0,
  events: 0,
  bounce_rate: null,
  visit_duration_seconds: null,
  pages_per_visit: null,
};

describe("the dashboard of a site", () => {
  beforeEach<{ db: Db }>(({ db }) => addSite(db));

  it("sums the visits of people, and bots separately", async ({ db }) => {
    await weekend(db);
    const { status, headers, body } = await dashboard(WEEKEND);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({
      success: true,
      customer_id: "shop",
      timezone: "Europe/Berlin",
      from: "2026-02-01",
      to: "2026-02-02",
      interval: "hour",
    });
    expect(body.summary).toEqual({
      ...PROGRESS,
      visitors: 3,
      visits: 5,
      page_views: 6,
      events: 8,
      bounce_rate: 40,
      visit_duration_seconds: 240,
      pages_per_visit: 1.2,
      bot_events: 1,
    });
  });

  it("counts how many events have reached each layer", async ({ db }) => {
    await weekend(db);
    const { body } = await dashboard(`${WEEKEND}&limit=20`);
    expect(body).toMatchObject({ ...PROGRESS, dead_letters: 1, summary: PROGRESS });
  });

  it("shows the top values of each dimension", async ({ db }) => {
    await weekend(db);
    const { body } = await dashboard(WEEKEND);
    const by = (name: string) => (rows: [string, number, number, number][]) =>
      rows.map(([value, visits, bounce_rate, visit_duration_seconds]) => ({
        [name]: value,
        visits,
        bounce_rate,
        visit_duration_seconds,
      }));
    expect(body).toMatchObject({
      top_pages: [
        { page: "shop.example/", page_views: 3 },
        { page: "shop.example/cart", page_views: 2 },
        { page: "shop.example/help", page_views: 1 },
      ],
      entry_pages: by("page")([
        ["shop.example/", 2, 50, 300],
        ["shop.example/cart", 1, 0, 600],
        ["shop.example/help", 1, 100, 0],
      ]),
      exit_pages: [
        { page: "shop.example/", visits: 2 },
        { page: "shop.example/cart", visits: 1 },
        { page: "shop.example/help", visits: 1 },
      ],
      referrers: by("referrer")([
        ["direct", 3, 33.33, 200],
        ["search.example", 2, 50, 300],
      ]),
      utm: {
        sources: by("source")([["news", 1, 0, 600]]),
        mediums: by("medium")([["mail", 1, 0, 600]]),
        campaigns: by("campaign")([["winter", 1, 0, 600]]),
      },
      devices: by("device")([
        ["desktop", 4, 50, 150],
        ["mobile", 1, 0, 600],
      ]),
      browsers: by("browser")([
        ["Chrome", 4, 50, 150],
        ["Safari", 1, 0, 600],
      ]),
      operating_systems: by("os")([
        ["Windows", 4, 50, 150],
        ["iOS", 1, 0, 600],
      ]),
      countries: by("country")([
        ["unknown", 2, 50, 0],
        ["DE", 2, 50, 300],
        ["AT", 1, 0, 600],
      ]),
      event_types: [
        { event_type: "page_view", events: 6 },
        { event_type: "click", events: 2 },
      ],
      bots: [{ bot: expect.any(String), events: 1 }],
    });
  });

  it("shows the latest visits and events, up to the limit", async ({ db }) => {
    await weekend(db);
    const { body } = await dashboard(`${WEEKEND}&limit=2`);
    expect(body.visits).toMatchObject([
      { session_id: "e-2", started_at: "2026-02-02T11:00:00.000Z", page_views: 0, bounce: false, entry_page: null },
      {
        session_id: "e-1",
        started_at: "2026-02-02T10:00:00.000Z",
        page_views: 1,
        bounce: true,
        referrer: "search.example",
      },
    ]);
    expect(body.events).toMatchObject([
      { session_id: "g", bot: expect.any(String) },
      { session_id: "e-2", event_type: "click", page_url: "https://shop.example/help", bot: null, quality: "VALID" },
    ]);
    for (const list of ["top_pages", "entry_pages", "referrers", "countries"]) {
      expect((body[list] as unknown[]).length).toBe(2);
    }
    expect(body.summary).toMatchObject({ visits: 5 });
    const all = (await dashboard(`${WEEKEND}&limit=100`)).body.visits as Record<string, unknown>[];
    expect(all.map(({ session_id: session, duration_seconds: seconds }) => `${session} ${seconds}`)).toEqual([
      "e-2 0",
      "e-1 0",
      "b 600",
      "a 0",
      "a 600",
    ]);
    expect(all[4]).toMatchObject({
      events: 3,
      page_views: 2,
      entry_page: "shop.example/",
      exit_page: "shop.example/cart",
      utm_source: "news",
      country: "DE",
      ended_at: "2026-02-01T09:10:00.000Z",
    });
  });

  it("counts a visitor once per day, however many visits there are", async ({ db }) => {
    for (const [session, time] of [
      ["s-1", "01T09:00"],
      ["s-2", "01T15:00"],
      ["s-3", "01T23:00"],
      ["s-4", "02T11:00"],
    ] as const) {
      await sendVisit(db, { id: "ada" }, session, [[time, "view /"]]);
      await processAll(db);
    }
    const { body } = await dashboard(`${WEEKEND}&interval=day`);
    expect(body.summary).toMatchObject({ visitors: 2, visits: 4, bounce_rate: 100 });
    const days = (body.time_series as Record<string, unknown>[]).map(({ visitors, visits }) => `${visitors} ${visits}`);
    expect(days).toEqual(["1 2", "1 2"]);
  });

  it("is empty if there are no events", async () => {
    const { body } = await dashboard("?from=2026-02-01&to=2026-02-01");
    expect(body).toMatchObject({ total_events: 0, completion_rate: null, latest_event: null, visits: [], events: [] });
    expect(body.summary).toEqual({ ...NO_EVENTS, visitors: 0, ...NO_TRAFFIC, bot_events: 0 });
    expect(body.time_series).toHaveLength(24);
  });

  it("shows the last 30 days in the site's zone by default", async () => {
    setClock("2026-03-11T23:30:00Z");
    const { body } = await dashboard();
    expect(body.to).toBe("2026-03-12");
    expect((Date.parse(String(body.to)) - Date.parse(String(body.from))) / 86_400_000).toBe(29);
    expect(body).toMatchObject({ interval: "day" });
    expect(body.time_series).toHaveLength(30);
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1.5", "limit"],
    ["limit=many", "limit"],
    ["limit=1&limit=2", "limit"],
    ["from=2026-02-30", "from"],
    ["from=yesterday", "from"],
    ["from=1999-12-31", "from"],
    ["to=2026-13-01", "to"],
    ["to=2026-02-01T00:00:00Z", "to"],
    ["from=2026-02-02&to=2026-02-01", "from"],
    ["from=2010-01-01&to=2026-02-01", "from"],
    ["from=2026-01-01&to=2026-03-04&interval=hour", "from"],
    ["interval=minute", "interval"],
    ["page=2", "page"],
  ])("names the wrong parameter of %s", async (query, field) => {
    const { status, body } = await dashboard<Refusal>(`?${query}`);
    expect({ status, field: body.error.field }).toEqual({ status: 400, field });
    expect(body.error.message).toContain(`${field}: expected`);
  });

  it("reads stored sums, even after raw and staged events are deleted", async ({ db }) => {
    await weekend(db);
    const { summary, time_series } = (await dashboard(WEEKEND)).body;
    await db.execute(sql`delete from staging.events`);
    await db.execute(sql`delete from raw.event_ids`);
    expect((await dashboard(WEEKEND)).body).toMatchObject({ summary, time_series });
  });
});
