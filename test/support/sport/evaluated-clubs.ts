import { expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { asOf, type RandomClub } from "../../worlds/random-clubs.ts";
import { inOrder, readTables, store, storeUsers } from "../../worlds/stored-clubs.ts";
import { empty } from "../database/databases.ts";
import { fireMonthly } from "../jobs/invoke-monthly.ts";
import { fireWeekly } from "../jobs/invoke-weekly.ts";
import { type Calendar, DAY } from "./calendars.ts";
import type { Verdict } from "./judge.ts";
import { evaluateTogether, type Tables } from "./reference.ts";
import type { Span } from "./reference-results.ts";

/** Evaluates random clubs with the jobs, and says what the reference makes of them. */

/** Long after every period: none is the newest, so that no mail is written. */
const NOW = "2027-06-01T00:00:00Z";

/** Fires the job of a span's kind for it. */
export function fire({ kind, start }: Span, zone: string, db: Db, force = false) {
  const date = new Date(start + 3.5 * DAY).toISOString().slice(0, 10);
  return (kind === "week" ? fireWeekly : fireMonthly)(db, NOW, { date, force }, { zone });
}

/** Evaluates a period of a calendar. */
export async function evaluateSpan(db: Db, { zone, spans }: Calendar, index: number, force = false): Promise<void> {
  const { start, end } = spans[index]!;
  const { main } = await fire(spans[index]!, zone, db, force);
  expect([main.outcome.status, Number(main.period.start), Number(main.period.end)]).toEqual(["completed", start, end]);
}

/** Stores clubs in an empty database and evaluates periods, each as the clubs were then. */
export async function evaluateAnew(
  db: Db,
  clubs: RandomClub[],
  calendar: Calendar,
  order: Iterable<number> = calendar.spans.keys(),
): Promise<void> {
  await empty(db);
  await store(db, clubs);
  for (const index of order) {
    await storeUsers(db, clubs, index);
    await evaluateSpan(db, calendar, index);
  }
}

/** What the reference says, each period evaluated as the clubs were then (or as `clubIn` says). */
export function expectedOf(
  { spans }: Calendar,
  clubs: RandomClub[],
  order: Iterable<number> = spans.keys(),
  clubIn = (club: number, span: number) => asOf(clubs[club]!, span),
): Tables[] {
  const indexes = [...order];
  const evaluated = clubs.map((now, n) => ({
    evaluations: indexes.map((index) => ({ span: spans[index]!, club: clubIn(n, index) })),
    now,
  }));
  return evaluateTogether(evaluated).map(inOrder);
}

/** What lies in the tables, club by club, beside what is expected there. */
export async function against(db: Db, expected: Tables[]): Promise<Verdict[]> {
  const tables = await readTables(db, expected.length);
  return tables.map((actual, n) => ({ actual, expected: expected[n]! }));
}

/**
 * The tables after re-runs over changed data, and those of a fresh evaluation in another database, beside what the
 * reference makes of the final data.
 */
export async function againAndAfresh(db: Db, fresh: Db, later: RandomClub[], calendar: Calendar): Promise<Verdict[]> {
  await evaluateAnew(fresh, later, calendar);
  const [again, afresh] = [await readTables(db, later.length), await readTables(fresh, later.length)];
  return expectedOf(calendar, later).map((expected, n) => ({
    actual: { again: again[n], afresh: afresh[n] },
    expected: { again: expected, afresh: expected },
  }));
}
