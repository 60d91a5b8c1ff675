import { sql } from "drizzle-orm";
import { type Db, rows } from "../../db/db.ts";
import { addDays } from "../../time/dates.ts";
import { localDate, newestEnded } from "../../time/periods.ts";
import {
  figuresOfGroups,
  figuresOfSpan,
  type Group,
  type Span,
  type SpanFigures,
  spanBefore,
} from "../metrics/report-queries.ts";

/** What the weekly report tells of. */
export interface WeekFacts {
  week: SpanFigures;
  before: SpanFigures;
  /** By date, hour `09:00` and consultant. */
  days: Group[];
  hours: Group[];
  consultants: Group[];
  /** The dates that no calendar was read for. */
  imported: string[];
}

/** The newest week, Monday to Sunday in a zone, that has ended at an instant. Pure. */
export function endedWeek(now: Date, zone: string): Span {
  const from = localDate(newestEnded("week", now, zone).start, zone);
  return { from, to: addDays(from, 6) };
}

/** @param week The figures of the week as a whole. @param today The local date. */
export async function readWeek(db: Db, week: SpanFigures, today: string): Promise<WeekFacts> {
  // One after the other: a dry run has one connection for everything.
  return {
    week,
    before: await figuresOfSpan(db, spanBefore(week), today),
    days: await figuresOfGroups(db, week, "day"),
    hours: await figuresOfGroups(db, week, "hour"),
    consultants: await figuresOfGroups(db, week, "consultant"),
    imported: await importedDays(db, week),
  };
}

async function importedDays(db: Db, { from, to }: Span): Promise<string[]> {
  const found = await rows<{ day: string }>(
    db,
    sql`select date::text as day from daily_metrics
      where date between ${from}::date and ${to}::date and source <> 'calendar' order by date`,
  );
  return found.map(({ day }) => day);
}
