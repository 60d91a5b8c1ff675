import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { attendanceConditions, loadNoShowRate } from "../../../lib/attendance/conditions.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { addDays as shift } from "../../../lib/time/dates.ts";
import { googleServer } from "../../fakes/google-server.ts";
import { configureGoogle, runTracking } from "../../support/attendance/tracking-run.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { empty } from "../../support/database/databases.ts";
import { alertSettings, incidentsOf, operator } from "../../support/jobs/supervise-operator.ts";
import { later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";
import { addDays } from "../../worlds/attendance.ts";
import { event } from "../../worlds/google-events.ts";
import { addRuns } from "../../worlds/ledger.ts";

/** Tuesday noon, on the same day in Berlin. */
const NOON = new Date("2026-02-10T12:00:30Z");
const TODAY = "2026-02-10";
const YESTERDAY = "2026-02-09";
const ALERT = "no-show rate of 7 days above 20 %";

const it = databaseTest();

describe("the attendance", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const conditions = (now = NOON) => attendanceConditions(db, now);
  const keys = async (now = NOON) => (await conditions(now)).map(({ key }) => key);

  describe("with no-shows", () => {
    it.each([
      [0, 0, []],
      [2, 8, []],
      [200, 800, []],
      [201, 799, ["attendance:no-shows"]],
      [1, 0, ["attendance:no-shows"]],
    ])(
      "(%i missed and %i completed) opens an incident above 20 %, not at it",
      async (no_shows, completed, expected) => {
        await addDays(db, { date: YESTERDAY, no_shows, completed });
        expect(await keys()).toEqual(expected);
      },
    );

    it("opens an incident by their share of all appointments of seven days, with ghosts", async () => {
      await addDays(
        db,
        { date: YESTERDAY, ghosts: 2, completed: 1 },
        { date: "2026-02-05", no_shows: 1, cancelled: 3, rescheduled: 2, overhang: 1, pending: 1, final: false },
        { date: "2026-02-03", completed: 3, source: "figures", sold: null },
      );
      expect(await loadNoShowRate(db, TODAY)).toEqual({
        from: "2026-02-03",
        to: YESTERDAY,
        rate: 21.43,
        missed: 3,
        total: 14,
      });
      expect(await conditions()).toEqual([
        {
          key: "attendance:no-shows",
          title: ALERT,
          details: { rate: "21.43 %", days: `2026-02-03 to ${YESTERDAY}`, missed: "3 of 14 appointments" },
        },
      ]);
    });

    it("ignores today and the days before the seven", async () => {
      await addDays(
        db,
        { date: TODAY, no_shows: 5, final: false },
        { date: "2026-02-02", no_shows: 5 },
        { date: "2026-02-04", completed: 1 },
      );
      expect(await keys()).toEqual([]);
      expect(await keys(new Date("2026-02-10T23:00:30Z"))).toEqual(["attendance:no-shows"]); // tomorrow in Berlin
      expect(await loadNoShowRate(db, "2026-02-20")).toMatchObject({ rate: null, missed: 0, total: 0 });
    });

    it("follows the settings of the limit and of the zone", async () => {
      await addDays(db, { date: YESTERDAY, no_shows: 1, completed: 1 });
      configure({ NO_SHOW_ALERT_PERCENT: "50" });
      expect(await keys()).toEqual([]);
      configure({ NO_SHOW_ALERT_PERCENT: "49" });
      expect(await conditions()).toMatchObject([{ title: "no-show rate of 7 days above 49 %" }]);
      configure({ TRACKING_TIMEZONE: "Pacific/Pago_Pago" });
      expect(await keys(new Date("2026-02-10T10:30:00Z"))).toEqual([]); // there it is still the 9th
    });

    it("sends one alert and one recovery mail", async () => {
      const { mails, subjects } = await operator();
      await addDays(db, { date: YESTERDAY, no_shows: 3, completed: 7 });
      expect(await tick(db, NOON)).toMatchObject({ opened: ["attendance:no-shows"], told: 1 });
      expect(await tick(db, later(NOON, MINUTE))).toMatchObject({ opened: [], told: 0 });
      expect(await subjects()).toEqual([`[Sportify Alert] ${ALERT}`]);
      const [mail] = await mails();
      for (const part of ["30 %", "2026-02-03 to 2026-02-09", "3 of 10 appointments"])
        expect(mail?.text).toContain(part);

      await db.execute(sql`update daily_metrics set completed = completed + 1, no_shows = no_shows - 1`);
      expect(await tick(db, later(NOON, 2 * MINUTE))).toMatchObject({ closed: ["attendance:no-shows"], told: 1 });
      expect(await subjects(ALERT)).toHaveLength(2);
      expect(await incidentsOf(db, "attendance")).toMatchObject([{ closed: true, alerted: true, recovered: true }]);
      expect(await tick(db, later(NOON, 3 * MINUTE))).toMatchObject({ opened: [], told: 0 });
    });

    it("sends nothing below the limit", async () => {
      const { sink } = await operator();
      await addDays(db, { date: YESTERDAY, no_shows: 2, completed: 8 });
      expect(await tick(db, NOON)).toMatchObject({ opened: [], told: 0 });
      expect(sink.mails).toEqual([]);
    });
  });

  describe("with days that are not final", () => {
    /** The newest day that the daily run no longer reads. */
    const LOST = shift(TODAY, -92);

    it("opens an incident as soon as the daily run no longer reads them", async () => {
      await addDays(
        db,
        { date: shift(LOST, -3), completed: 1 },
        { date: shift(LOST, -1), completed: 1 },
        { date: LOST, pending: 1, final: false },
      );
      expect(await conditions()).toEqual([
        {
          key: "attendance:out-of-reach",
          title: "2 days of attendance are not final, and the daily run no longer reads them",
          details: {
            days: `${shift(LOST, -2)} to ${LOST}`,
            remedy: `npm run cli -- tracking --start ${shift(LOST, -2)} --end ${LOST}`,
          },
        },
      ]);
      expect(await keys(later(NOON, -86_400_000))).toEqual(["attendance:out-of-reach"]);
      expect(await keys(later(NOON, -3 * 86_400_000))).toEqual([]);
    });

    it("opens no incident while the daily run reads them", async () => {
      await addDays(db, { date: LOST, completed: 1 }, { date: shift(LOST, 1), pending: 1, final: false });
      expect(await keys()).toEqual([]);
    });

    it("ignores days before the first one read from a calendar, and imported days", async () => {
      await addDays(
        db,
        { date: shift(LOST, -9), completed: 1, source: "figures" },
        { date: shift(LOST, -3), completed: 1 },
        { date: shift(LOST, -2), completed: 1, source: "outcomes" },
        { date: shift(LOST, -1), completed: 1, source: "figures" },
        { date: LOST, completed: 1 },
      );
      expect(await keys()).toEqual([]);
      await empty(db);
      await addDays(db, { date: shift(LOST, -9), completed: 1, source: "figures" });
      expect(await keys()).toEqual([]);
    });

    it("opens no incident while a run may read them", async () => {
      await addDays(db, { date: shift(LOST, -1), completed: 1 });
      expect(await keys()).toEqual(["attendance:out-of-reach"]);
      await addRuns(db, NOON, { jobName: "calendar-tracking", minutesAgo: 1, status: "running", completedAt: null });
      expect(await keys()).toEqual([]);
    });

    it("names the command that reads them, and closes when they are read", async () => {
      const google = await googleServer({
        calendars: { "team@club.example": [event({ start: `${LOST}T09:00:00Z` })] },
      });
      const { sink, mails } = await operator();
      await addDays(db, { date: shift(LOST, -1), completed: 1 });
      expect(await tick(db, NOON)).toMatchObject({ opened: ["attendance:out-of-reach"], told: 1 });
      const [, start, end] = /tracking --start (\S+) --end ([\d-]+)/.exec((await mails())[0]?.text ?? "") ?? [];
      configureGoogle(google, alertSettings(sink.port));
      expect(await runTracking(db, { start, end }, NOON)).toMatchObject({ daysRead: 1, added: 1 });
      expect(await tick(db, later(NOON, MINUTE))).toMatchObject({ closed: ["attendance:out-of-reach"], told: 1 });
    });
  });

  it("reads skipped days with the next daily run that reaches them", async () => {
    configureGoogle(await googleServer());
    const at = (instant: string) => new Date(instant);
    await runTracking(db, {}, at("2026-01-10T22:00:00Z"));
    // No run succeeded for a month; then an operator read two days by hand.
    await runTracking(db, { date: "2026-01-10" }, at("2026-02-10T21:00:00Z"));
    await runTracking(db, { date: "2026-02-09" }, at("2026-02-10T21:00:00Z"));
    expect(await runTracking(db, {}, at("2026-02-10T22:00:00Z"))).toMatchObject({ start: "2026-01-11", end: TODAY });
  });
});
