import { sql } from "drizzle-orm";
import { describe, expect } from "vitest";
import type { Appointment } from "../../../lib/attendance/appointment.ts";
import { markGone, writeAppointments } from "../../../lib/attendance/appointment-store.ts";
import { loadTemplates } from "../../../lib/attendance/google/deleted-events.ts";
import { dailyMetrics } from "../../../lib/attendance/schema.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { configureGoogle, NOW, runTracking, stoppedClock } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { addDays, appointment, closeDays, inLockedTransaction, writePage } from "../../worlds/attendance.ts";
import { event } from "../../worlds/google-events.ts";

/** Syncs that overlap, two calendars, and deleted events: which write counts. Minutes are the start of a sync. */

const it = databaseTest();

const at = (minute: number) => new Date(Date.parse("2026-02-10T22:00:00Z") + 60_000 * minute);
const DAY = "2026-02-09";
const [TEAM, OTHER] = ["team@club.example", "other@club.example"];
const attended = (over: Partial<Appointment> = {}) => appointment({ eventId: "one", title: "Max Mustermann", ...over });
const ghost = (over: Partial<Appointment> = {}) => attended({ title: "Max Mustermann (ghost)", ...over });

const readStored = (db: Db) =>
  rows<{ calendar: string; event: string; outcome: string; gone: boolean }>(
    db,
    sql`select calendar_id as calendar, event_id as event, outcome, gone_at is not null as gone
      from calendar_appointments order by calendar_id, event_id, original_start nulls first`,
  );

const gone = (db: Db, calendarId: string, seen: Parameters<typeof markGone>[3], syncStart: Date) =>
  inLockedTransaction(db, (tx) => markGone(tx, calendarId, { first: DAY, last: DAY }, seen, syncStart, syncStart));

describe("an older sync that is still running", () => {
  it("does not overwrite an appointment that a newer one has written, before the newer one finishes the day", async ({
    db,
  }) => {
    await writePage(db, [attended()], at(0));
    await writePage(db, [ghost()], at(10));
    expect(await writePage(db, [attended()], at(5))).toMatchObject({ added: 0, changed: 0, days: [] });
    expect(await readStored(db)).toMatchObject([{ outcome: "ghost" }]);
  });

  it("does not mark an appointment as gone that a newer one has written, before the newer one finishes the day", async ({
    db,
  }) => {
    await writePage(db, [attended()], at(10));
    expect(await gone(db, TEAM, [], at(5))).toEqual([]);
    expect(await gone(db, TEAM, [], at(10))).toEqual([DAY]);
  });

  it("does not make an even older page count when it finishes last", async ({ db }) => {
    await writePage(db, [attended()], at(0));
    await closeDays(db, [DAY], at(10)); // found the appointment unchanged
    await closeDays(db, [DAY], at(5));
    expect(await writePage(db, [ghost()], at(7))).toMatchObject({ added: 0, changed: 0 });
    expect(await readStored(db)).toMatchObject([{ outcome: "completed" }]);
  });

  it("does not keep a day final on which an appointment is pending", async ({ db }) => {
    await writePage(db, [attended()], at(0));
    await closeDays(db, [DAY], at(10));
    const pending = attended({ eventId: "two", outcome: "pending" });
    await inLockedTransaction(db, (tx) => writeAppointments(tx, [pending], at(10)));
    await closeDays(db, [DAY], at(5));
    expect(await db.select().from(dailyMetrics)).toMatchObject([{ pending: 1, final: false }]);
  });

  for (const source of ["figures", "outcomes"] as const) {
    it(`writes its page although ${source} of the day were imported since`, async ({ db }) => {
      await writePage(db, [attended()], at(0));
      await addDays(db, { date: DAY, source, readAt: at(10) });
      expect(await writePage(db, [ghost()], at(5))).toMatchObject({ changed: 1 });
    });
  }

  it("has read its days since its first request to a calendar, and each appointment since the first to its own", async ({
    db,
  }) => {
    const google = await googleServer({
      calendars: { [TEAM]: [event({ colorId: "2" })], [OTHER]: [event({ colorId: "2" })] },
    });
    configureGoogle(google);
    const clock = stoppedClock();
    google.onList = () => void clock.sleep(60_000, AbortSignal.any([]));
    await runTracking(db, { date: DAY }, NOW, clock);
    const minutes = (instants: { read: string }[]) =>
      instants.map(({ read }) => (Date.parse(read) - Number(NOW)) / 60_000);
    expect(minutes(await rows(db, sql`select read_at as read from daily_metrics`))).toEqual([0]);
    expect(
      minutes(await rows(db, sql`select read_at as read from calendar_appointments order by calendar_id <> ${TEAM}`)),
    ).toEqual([0, 1]);
  });
});

describe("a sync of one calendar", () => {
  it("marks nothing of another calendar as gone, not even an event with the same id", async ({ db }) => {
    await writePage(db, [attended({ calendarId: TEAM }), attended({ calendarId: OTHER })], at(0));
    expect(await gone(db, TEAM, [], at(1))).toEqual([DAY]);
    expect(await readStored(db)).toMatchObject([
      { calendar: OTHER, gone: false },
      { calendar: TEAM, gone: true },
    ]);
  });

  it("marks a missing instance of a series as gone, although it has seen another instance with the same id", async ({
    db,
  }) => {
    const [first, second] = [at(0), at(60)];
    await writePage(db, [attended(), attended({ originalStart: first }), attended({ originalStart: second })], at(0));
    await gone(db, TEAM, [{ eventId: "one", originalStart: first }], at(1));
    expect((await readStored(db)).map((row) => row.gone)).toEqual([true, false, true]);
  });
});

describe("the template of a deleted event", () => {
  const deleted = { calendarId: TEAM, eventId: "deleted", originalStart: at(0), seriesId: "series" };
  const templateOf = async (db: Db) =>
    [...(await inLockedTransaction(db, (tx) => loadTemplates(tx, [deleted]))).values()].map(({ title }) => title);
  const instance = (title: string, over: Partial<Appointment> = {}) =>
    appointment({ title, seriesId: "series", originalStart: at(1), ...over });

  it("is its own appointment before any other of its series", async ({ db }) => {
    await writePage(db, [
      instance("itself", { eventId: "deleted", originalStart: at(0), startsAt: at(0) }),
      instance("a newer one", { startsAt: at(9) }),
    ]);
    expect(await templateOf(db)).toEqual(["itself"]);
  });

  it("is its own appointment even if that was cancelled", async ({ db }) => {
    const own = { eventId: "deleted", originalStart: at(0), status: "cancelled" };
    await writePage(db, [instance("itself", own), instance("another")]);
    expect(await templateOf(db)).toEqual(["itself"]);
  });

  it("is the newest appointment of its series that is not cancelled", async ({ db }) => {
    await writePage(db, [
      instance("older", { startsAt: at(1) }),
      instance("newer", { startsAt: at(2) }),
      instance("cancelled", { startsAt: at(3), status: "cancelled" }),
    ]);
    expect(await templateOf(db)).toEqual(["newer"]);
  });

  it("is never an appointment of another calendar, with the same event id or the same series", async ({ db }) => {
    await writePage(db, [
      instance("same event", { calendarId: OTHER, eventId: "deleted", originalStart: at(0), seriesId: null }),
      instance("same series", { calendarId: OTHER }),
    ]);
    expect(await templateOf(db)).toEqual([]);
  });

  it("is never another instance with the same event id", async ({ db }) => {
    await writePage(db, [instance("same id", { eventId: "deleted", originalStart: at(5), seriesId: null })]);
    expect(await templateOf(db)).toEqual([]);
  });

  it("is never an appointment that retention or an erasure emptied", async ({ db }) => {
    await writePage(db, [
      instance("itself", { eventId: "deleted", originalStart: at(0), seriesId: null }),
      instance("another"),
    ]);
    await db.execute(sql`update calendar_appointments set title = null`);
    expect(await templateOf(db)).toEqual([]);
  });
});
