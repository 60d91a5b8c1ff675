import { beforeEach, describe, expect } from "vitest";
import { calendarAppointments, dailyMetrics } from "../../../lib/attendance/schema.ts";
import type { Db } from "../../../lib/db/db.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { configureGoogle, NOW, runTracking, stoppedClock } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { event } from "../../worlds/google-events.ts";

const GONE = Response.json(
  {
    error: {
      errors: [{ domain: "calendar", reason: "updatedMinTooLongAgo", message: "gone" }],
      code: 410,
      message: "gone",
    },
  },
  { status: 410 },
);
const INVALID_PAGE = Response.json(
  {
    error: {
      errors: [{ domain: "global", reason: "invalid", message: "Invalid page token" }],
      code: 400,
      message: "no",
    },
  },
  { status: 400 },
);

/** Appointments on one Monday. */
const many = (count: number) => Array.from({ length: count }, () => event({ colorId: "2" }));
const monday = { date: "2026-02-09" };

const it = databaseTest();

describe("a calendar with many pages", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const counted = async () => (await db.select().from(dailyMetrics))[0]?.totalSlots;

  it("is read with 2,500 events per page", async () => {
    const google = await googleServer({ calendars: { a: many(2_501) } });
    configureGoogle(google);
    const told = await runTracking(db, monday);
    expect(told).toMatchObject({ requests: 2, appointments: 2_501, added: 2_501 });
    expect(google.lists().map(({ query }) => query.get("maxResults"))).toEqual(["2500", "2500"]);
    expect(await counted()).toBe(2_501);
  });

  it("is read to its end, even if pages are short or empty", async () => {
    const google = await googleServer({ calendars: { a: many(7) }, pageSizes: [0, 2, 0, 0, 3] });
    configureGoogle(google);
    expect(await runTracking(db, monday)).toMatchObject({ requests: 6, appointments: 7 });
    expect(await counted()).toBe(7);
  });

  it.each([
    ["410", GONE],
    ["400 about the page token", INVALID_PAGE],
  ])("is read again from its first page after a %s, and each appointment counts once", async (_, fault) => {
    const google = await googleServer({ calendars: { a: many(7) }, pageSizes: [3, 2, 2] });
    google.onList = (_asked, nth) => (nth === 3 ? fault : undefined);
    configureGoogle(google);
    const told = await runTracking(db, monday);
    expect(told).toMatchObject({ appointments: 7, added: 7, days: [{ totalSlots: 7, final: true }] });
    expect(google.lists().map(({ query }) => query.has("pageToken"))).toEqual([false, true, true, false, true, true]);
  });

  it("fails after three broken listings, and stores no day", async () => {
    const google = await googleServer({ calendars: { a: many(7) }, pageSizes: [3] });
    google.onList = ({ query }) => (query.has("pageToken") ? GONE : undefined);
    configureGoogle(google);
    await expect(runTracking(db, monday)).rejects.toThrow(
      /calendar a: Google broke off every attempt to list the events/,
    );
    expect(google.lists()).toHaveLength(6);
    expect(await counted()).toBeUndefined();
  });

  it("pauses at the deadline after the last finished range", async () => {
    const google = await googleServer({ calendars: { a: many(3) } });
    configureGoogle(google);
    const clock = stoppedClock();
    google.onList = (_asked, nth) => {
      if (nth === 2) clock.sleep(400_000, AbortSignal.any([])); // the time is up while the second range is read
      return undefined;
    };
    const backfill = { start: "2025-12-15", end: "2026-02-10" };
    const over = { ...clock, deadline: NOW.getTime() + 280_000 };
    const partial = await runTracking(db, backfill, NOW, over);
    expect(partial).toMatchObject({ status: "partial", progress: { done: 31, total: 58 } });
  });

  it("keeps titles in Unicode, without the characters that Postgres refuses", async () => {
    const summary = "Zoë \u0000 \ud800 👩‍👩‍👧 (nicht erschienen)";
    const google = await googleServer({ calendars: { a: [event({ summary })] } });
    configureGoogle(google);
    await runTracking(db, monday);
    const [stored] = await db.select().from(calendarAppointments);
    expect(stored).toMatchObject({ title: "Zoë  \ufffd 👩‍👩‍👧 (nicht erschienen)", outcome: "no_show" });
  });
});
