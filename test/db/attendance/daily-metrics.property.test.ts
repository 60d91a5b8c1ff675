import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect } from "vitest";
import { type Appointment, appointmentKey } from "../../../lib/attendance/appointment.ts";
import { markGone } from "../../../lib/attendance/appointment-store.ts";
import { OUTCOMES } from "../../../lib/attendance/classification/rules.ts";
import { computeDays, recomputeDays } from "../../../lib/attendance/metrics/daily-metrics.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { type CountedAppointment, referenceDay } from "../../support/attendance/attendance-reference.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { dump } from "../../support/http/requests.ts";
import { databaseRuns } from "../../support/thorough.ts";
import { appointment, closeDays, inLockedTransaction, writePage } from "../../worlds/attendance.ts";

const RUNS = databaseRuns(40);
const T0 = Date.parse("2026-02-10T22:00:00Z");
const at = (minute: number) => new Date(T0 + 60_000 * minute);

const DATES = ["2026-02-07", "2026-02-08", "2026-02-09", "2026-02-10"];
const CALENDARS = ["team@club.example", "second@club.example"];

/** Few ids, so that the same appointment comes again on other days. It may be an instance of a series. */
const appointments = fc.array(
  fc
    .record({
      calendarId: fc.constantFrom(...CALENDARS),
      eventId: fc.integer({ min: 1, max: 25 }).map((n) => `event${n}`),
      originalStart: fc.constantFrom(null, null, at(0), at(1)),
      localDate: fc.constantFrom(...DATES),
      localHour: fc.oneof(fc.constantFrom(9, 10), fc.integer({ min: 0, max: 23 })),
      consultant: fc.constantFrom("Anna Vogel", "Bert O'Hara", 'Zoë "Z"', "constructor", "__proto__", "Unknown"),
      potential: fc.constantFrom("top", "standard", "unknown"),
      outcome: fc.constantFrom(...OUTCOMES),
      sold: fc.boolean(),
    })
    .map((fields): Appointment => appointment({ seriesId: fields.originalStart && "series", ...fields })),
  { maxLength: 60 },
);

type Step =
  | { write: Appointment[] }
  | { close: { date: string; over: boolean }[] }
  | { gone: { calendarId: string; first: string; last: string; share: number } };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    appointments.map((write) => ({ write })),
    fc.array(fc.record({ date: fc.constantFrom(...DATES), over: fc.boolean() }), { maxLength: 4 }).map((days) => ({
      close: [...new Map(days.map((day) => [day.date, day])).values()],
    })),
    fc.record({
      gone: fc.record({
        calendarId: fc.constantFrom(...CALENDARS),
        first: fc.constantFrom(...DATES),
        last: fc.constantFrom(...DATES),
        share: fc.integer({ min: 1, max: 4 }),
      }),
    }),
  ),
  { minLength: 2, maxLength: 7 },
);

const it = databaseTest();

describe("daily metrics", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const forget = () => db.execute(sql`truncate calendar_appointments, daily_metrics`);

  /** All rows without the time of the last reading. */
  const state = async () => {
    const tables = await dump(db, "calendar_appointments", "daily_metrics");
    return Object.values(tables).map((table) => table.map(({ read_at: _, ...row }) => row));
  };

  const stored = () =>
    rows<CountedAppointment & { key: string }>(
      db,
      sql`select local_date::text as date, local_hour as hour, consultant, potential, outcome, sold, gone_at is not null as gone
        from calendar_appointments`,
    );

  /** Takes a step at a minute. */
  async function take(step: Step, minute: number): Promise<void> {
    if ("write" in step) await writePage(db, step.write, at(minute));
    else if ("close" in step)
      await inLockedTransaction(db, (tx) => computeDays(tx, step.close, "calendar", at(minute)));
    else {
      const { share, calendarId, ...days } = step.gone;
      const known = await rows<{ eventId: string; originalStart: string | null }>(
        db,
        sql`select event_id as "eventId", original_start as "originalStart" from calendar_appointments where calendar_id = ${calendarId} and id % ${share} = 0`,
      );
      const seen = known.map(({ eventId, originalStart }) => ({
        eventId,
        originalStart: originalStart === null ? null : new Date(originalStart),
      }));
      await inLockedTransaction(db, async (tx) =>
        recomputeDays(tx, await markGone(tx, calendarId, days, seen, at(minute), at(minute))),
      );
    }
  }

  async function expectFigures(closed: ReadonlySet<string>): Promise<void> {
    const known = await stored();
    const days = await rows<Record<string, unknown>>(
      db,
      sql`select date::text as date, to_jsonb(daily_metrics) as row, show_rate::text, net_show_rate::text, success_rate::text,
          no_show_rate::text, ghost_rate::text, cancellation_rate::text, completion_rate::text
        from daily_metrics order by 1`,
    );
    expect(days.map(({ date }) => date)).toEqual([...closed].sort());
    for (const { date, row, ...rates } of days) {
      const { counts, byHour, byUser, byPotential, rates: expected } = referenceDay(known, String(date));
      expect(row).toMatchObject(counts);
      const { by_hour, by_user, by_potential } = row as Parts;
      expect({ by_hour, by_user, by_potential }).toEqual({
        by_hour: byHour,
        by_user: byUser,
        by_potential: byPotential,
      });
      expect(rates).toEqual(expected);
      const { total_slots, sold, ...outcomes } = counts;
      expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(total_slots);
      expect(sold).toBeLessThanOrEqual(outcomes.completed ?? 0);
      for (const part of ["by_hour", "by_user", "by_potential"]) expectSums((row as Parts)[part] ?? {}, counts);
      const { final } = row as { final: boolean };
      if (final) expect(counts.pending).toBe(0);
    }
  }

  type Parts = Record<string, Record<string, Record<string, number>>>;

  function expectSums(parts: Record<string, Record<string, number>>, counts: Record<string, number>): void {
    const sums = Object.keys(counts).map((name) => [
      name,
      Object.values(parts).reduce((sum, part) => sum + (part[name] ?? Number.NaN), 0),
    ]);
    expect(Object.fromEntries(sums)).toEqual(counts);
    for (const part of Object.values(parts)) expect(part.total_slots).toBeGreaterThan(0);
  }

  it("follow from the stored appointments after any sequence of writes, syncs and missing appointments", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        await forget();
        const closed = new Set<string>();
        for (const [minute, step] of all.entries()) {
          await take(step, minute);
          if ("close" in step) for (const { date } of step.close) closed.add(date);
          await expectFigures(closed);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("stay unchanged when the same appointments are read again, and so do the appointments", async () => {
    await fc.assert(
      fc.asyncProperty(appointments, async (some) => {
        await forget();
        const first = await writePage(db, some, at(0));
        expect(first).toMatchObject({ added: new Set(some.map(appointmentKey)).size, changed: 0, days: [] });
        const made = await closeDays(db, DATES, at(0));
        expect(made.map(({ date, before }) => ({ date, before }))).toEqual(DATES.map((date) => ({ date })));
        const before = await state();
        expect(await writePage(db, some, at(1))).toEqual({ added: 0, changed: 0, dates: [], days: [] });
        expect(await closeDays(db, DATES, at(0))).toEqual([]);
        expect(await state()).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  it("report what has changed, and keep what a newer sync has read", async () => {
    await fc.assert(
      fc.asyncProperty(appointments, appointments, async (earlier, later) => {
        await forget();
        await writePage(db, later, at(5));
        await closeDays(db, DATES, at(5));
        const before = await stored();
        const known = new Set(later.map(appointmentKey));
        const fresh = new Set(earlier.map(appointmentKey).filter((key) => !known.has(key)));
        const late = await writePage(db, earlier, at(4));
        expect(late).toMatchObject({ added: fresh.size, changed: 0 });
        const after = await stored();
        expect(after).toEqual(expect.arrayContaining(before));
        expect(after).toHaveLength(before.length + fresh.size);
        for (const date of DATES) {
          const [was, is] = [referenceDay(before, date).counts, referenceDay(after, date).counts];
          const told = late.days.find((day) => day.date === date);
          expect(told ?? { date, before: was, after: was }).toEqual({ date, before: was, after: is });
        }
      }),
      { numRuns: RUNS },
    );
  });
});
