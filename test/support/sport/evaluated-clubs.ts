import { expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { asOf, type RandomClub } from "../../worlds/random-clubs.ts";
import { inOrder, readTables, store, storeUsers } from "../../worlds/stored-clubs.ts";
import { empty } from "../database/databases.ts";
import { fireMonthly } from "../jobs/invoke-monthly.ts";
import { fireWeekly } from "../jobs/invoke-weekly.ts";
import { type Calendar, DAY } from "./calendars.ts";
import type { Comparison } from "./check-cases.ts";
import { evaluateTogether, type Tables } from "./reference.ts";
import type { Span } from "./reference-results.ts";

/** Evaluates random clubs with the jobs and compares the tables with those of the reference. */

/** Long after each period, so that none is the newest one and no mail is written. */
const NOW = "2027-06-01T00:00:00Z";

/** Fires the job of a span's kind for the span. */
export function fireSpan({ kind, start }: Span, zone: string, db: Db, force = false) {
  const date = new Date(start + 3.5 * DAY).toISOString().slice(0, 10);
  return (kind === "week" ? fireWeekly : fireMonthly)(db, NOW, { date, force }, { zone });
}

/** Evaluates one span of a calendar. */
export async function evaluateSpan(db: Db, { zone, spans }: Calendar, index: number, force = false): Promise<void> {
  const { start, end } = spans[index]!;
  const { main } = await fireSpan(spans[index]!, zone, db, force);
  expect([main.outcome.status, Number(main.period.start), Number(main.period.end)]).toEqual(["completed", start, end]);
}

/** Stores clubs in an empty database and evaluates spans, each with the users as they were then. */
export async function evaluateClubs(
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

/** The tables that the reference expects after an evaluation of each span with the clubs as they were then. */
export function expectedTables(
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

/** Compares the tables of a database with the expected ones, club by club. */
export async function compareTables(db: Db, expected: Tables[]): Promise<Comparison[]> {
  const tables = await readTables(db, expected.length);
  return tables.map((actual, n) => ({ actual, expected: expected[n]! }));
}

/**
 * Compares the tables after re-runs over changed data, and those of a first evaluation of the changed data in a fresh
 * database, with the tables that the reference expects.
 */
export async function compareRerunAndFresh(
  db: Db,
  fresh: Db,
  changed: RandomClub[],
  calendar: Calendar,
): Promise<Comparison[]> {
  await evaluateClubs(fresh, changed, calendar);
  const [rerun, first] = [await readTables(db, changed.length), await readTables(fresh, changed.length)];
  return expectedTables(calendar, changed).map((expected, n) => ({
    actual: { rerun: rerun[n], fresh: first[n] },
    expected: { rerun: expected, fresh: expected },
  }));
}
