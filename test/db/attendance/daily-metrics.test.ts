import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { markGone } from "../../../lib/attendance/appointment-store.ts";
import { recomputeDays } from "../../../lib/attendance/metrics/daily-metrics.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { referenceRates } from "../../support/attendance/attendance-reference.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { dump } from "../../support/http/requests.ts";
import { addDays, appointment, closeDays, inLockedTransaction, writePage } from "../../worlds/attendance.ts";

const at = (minute: number) => new Date(Date.parse("2026-02-10T22:00:00Z") + 60_000 * minute);
const DATES = ["2026-02-07", "2026-02-08", "2026-02-09", "2026-02-10"];

const it = databaseTest();

describe("daily metrics", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const stored = () => rows(db, sql`select outcome, gone_at is not null as gone from calendar_appointments`);

  it("ignore an older sync, even if the newer one found everything unchanged", async () => {
    const known = appointment({ title: "Max Mustermann", eventId: "one" });
    const other = appointment({ title: "Max Mustermann (ghost)", eventId: "one" });
    await writePage(db, [known], at(0));
    await writePage(db, [known], at(10));
    await closeDays(db, DATES, at(10));
    expect(await writePage(db, [other], at(5))).toMatchObject({ added: 0, changed: 0 });
    expect(await stored()).toMatchObject([{ outcome: "completed" }]);
  });

  it("keep an appointment that a newer sync has seen, although an older sync ends later without it", async () => {
    const known = appointment({ eventId: "one" });
    await writePage(db, [known], at(0));
    await writePage(db, [known], at(10));
    await closeDays(db, DATES, at(10));
    const days = { first: "2026-02-07", last: "2026-02-10" };
    expect(await inLockedTransaction(db, (tx) => markGone(tx, known.calendarId, days, [], at(5), at(11)))).toEqual([]);
    expect(await stored()).toMatchObject([{ gone: false }]);
  });

  it("stay final after a newer sync, although a sync from before the day's end ends later", async () => {
    await writePage(db, [appointment()], at(10));
    await closeDays(db, ["2026-02-09"], at(10));
    await closeDays(db, ["2026-02-09"], at(5), false);
    expect(await rows(db, sql`select final from daily_metrics`)).toEqual([{ final: true }]);
  });

  it("do not exist for a day that was not read", async () => {
    expect(await writePage(db, [appointment()], at(0))).toMatchObject({ added: 1, days: [] });
    expect(await inLockedTransaction(db, (tx) => recomputeDays(tx, DATES))).toEqual([]);
    expect(await rows(db, sql`select from daily_metrics`)).toEqual([]);
  });

  it("that were imported stay unchanged when an appointment of their day is written", async () => {
    await addDays(db, { date: "2026-02-09", completed: 7, no_shows: 2, sold: null, source: "figures" });
    const before = await dump(db, "daily_metrics");
    expect(await writePage(db, [appointment()], at(0))).toMatchObject({ added: 1, dates: ["2026-02-09"], days: [] });
    expect(await inLockedTransaction(db, (tx) => recomputeDays(tx, DATES))).toEqual([]);
    expect(await dump(db, "daily_metrics")).toEqual(before);
  });

  it("count a moved appointment on its new day only, and report both days as changed", async () => {
    await closeDays(db, DATES, at(0));
    const before = appointment({ eventId: "moved", localDate: "2026-02-09", localHour: 9 });
    await writePage(db, [before], at(1));
    const moved = await writePage(db, [{ ...before, localDate: "2026-02-10", localHour: 12 }], at(2));
    expect(moved).toMatchObject({ added: 0, changed: 1, dates: ["2026-02-09", "2026-02-10"] });
    expect(moved.days.map(({ date, after }) => [date, after.total_slots])).toEqual([
      ["2026-02-09", 0],
      ["2026-02-10", 1],
    ]);
  });

  it("round rates half up, and have null for a denominator of 0", async () => {
    const counts = [
      { date: "2026-02-01" },
      { date: "2026-02-02", completed: 1, no_shows: 799 },
      { date: "2026-02-03", completed: 799, ghosts: 1 },
      { date: "2026-02-04", cancelled: 2, rescheduled: 1, pending: 1 },
      { date: "2026-02-05", completed: 3, sold: 2 },
      { date: "2026-02-06", completed: 5, overhang: 15_995, sold: 5 },
    ];
    await addDays(db, ...counts);
    const days = await rows<Record<string, unknown>>(
      db,
      sql`select total_slots, completed, sold, no_shows, ghosts, cancelled, rescheduled, pending,
          jsonb_build_object('show_rate', show_rate::text, 'net_show_rate', net_show_rate::text, 'success_rate', success_rate::text,
            'no_show_rate', no_show_rate::text, 'ghost_rate', ghost_rate::text, 'cancellation_rate', cancellation_rate::text,
            'completion_rate', completion_rate::text) as rates
        from daily_metrics order by date`,
    );
    for (const { rates, ...day } of days) expect(rates).toEqual(referenceRates(day as Record<string, number>));
    const rates = (name: string) => days.map((day) => (day.rates as Record<string, unknown>)[name]);
    expect(rates("show_rate")).toEqual([null, "0.13", "99.88", "0.00", "100.00", "0.03"]);
    expect(rates("net_show_rate")).toEqual([null, "0.13", "99.88", null, "100.00", "0.03"]);
    expect(rates("success_rate")).toEqual([null, "0.00", "0.00", null, "66.67", "100.00"]);
  });
});
