import { type SQL, sql } from "drizzle-orm";
import { type Db, row, rows } from "../../db/db.ts";
import { addDays, countDays, earlierDate } from "../../time/dates.ts";
import { COUNTS, METRIC_COLUMNS, type Metrics, SUM_COLUMNS } from "./counts-and-rates.ts";

/** Figures of any span of days, as a whole and in groups, against the span before it. */

/** Dates `YYYY-MM-DD`, both included. */
export interface DateRange {
  from: string;
  to: string;
}

/** How groups are made: of whole days by an expression over their date, or of parts of days by what they were counted by. */
const GROUPS = {
  day: { of: sql`date::text` },
  week: { of: sql`date_trunc('week', date)::date::text` },
  month: { of: sql`to_char(date, 'YYYY-MM')` },
  weekday: { of: sql`(extract(isodow from date) - 1)::int::text` },
  hour: { by: sql`by_hour` },
  consultant: { by: sql`by_user` },
  potential: { by: sql`by_potential` },
} as const satisfies Record<string, { of: SQL } | { by: SQL }>;

export type GroupBy = keyof typeof GROUPS;

export const GROUP_NAMES = Object.keys(GROUPS) as [GroupBy, ...GroupBy[]];

const COUNT_COLUMNS = sql.raw(COUNTS.map((column) => `${column} int`).join(", "));

export interface GroupMetrics extends Metrics {
  /** A date, the Monday of a week, a month `YYYY-MM`, a weekday (0 = Monday), an hour `09:00`, a name, a potential type. */
  group: string;
}

/** The figures of a span's groups, in the order of their names. */
export function loadGroupMetrics(db: Db, { from, to }: DateRange, groupBy: GroupBy): Promise<GroupMetrics[]> {
  const made = GROUPS[groupBy];
  const days = sql`daily_metrics where date between ${from}::date and ${to}::date`;
  const parts =
    "of" in made
      ? sql`select ${made.of} as part, ${sql.raw(COUNTS.join(", "))} from ${days}`
      : sql`select part.key as part, counts.* from (select * from ${days}) as day
          cross join lateral jsonb_each(day.${made.by}) as part (key, value)
          cross join lateral jsonb_to_record(part.value) as counts (${COUNT_COLUMNS})`;
  return rows(
    db,
    sql`select part as "group", ${METRIC_COLUMNS} from (select part, ${SUM_COLUMNS} from (${parts}) as parts group by part) as sums
      order by part collate "C"`,
  );
}

/** What is known of the days of a span. */
export interface DayCoverage {
  days: number;
  read: number;
  final: number;
  /** Days that an import brought, and no calendar was read for. */
  imported: number;
  /** Days up to `today` that were never read, the first 31 of them. */
  unread: string[];
}

export interface RangeMetrics extends DateRange {
  days: DayCoverage;
  total: Metrics;
}

/** The figures of a span as a whole. @param today The local date; what is still to come cannot have been read. */
export async function loadTotalMetrics(db: Db, { from, to }: DateRange, today: string): Promise<RangeMetrics> {
  const days = sql`daily_metrics where date between ${from}::date and ${to}::date`;
  const { read, final, imported, unread, ...total } = await row<Metrics & DayCoverage>(
    db,
    sql`select ${METRIC_COLUMNS}, read, final, imported, (
        select coalesce(jsonb_agg(missing order by missing), '[]') from (
          select day::date::text as missing from generate_series(${from}::date, ${earlierDate(to, today)}::date, interval '1 day') as day
          where not exists (select from daily_metrics where date = day::date) order by 1 limit 31) as missing) as unread
      from (select ${SUM_COLUMNS}, count(*)::int as read, (count(*) filter (where final))::int as final,
          (count(*) filter (where source <> 'calendar'))::int as imported from ${days}) as sums`,
  );
  return { from, to, days: { days: countDays(from, to), read, final, imported, unread }, total };
}

/** The span of the same length right before another one. */
export const precedingRange = ({ from, to }: DateRange): DateRange => ({
  from: addDays(from, -countDays(from, to)),
  to: addDays(from, -1),
});

/** Whether all days of a span were read: a part of them says little of the whole. */
export const isComplete = ({ days }: RangeMetrics): boolean => days.read === days.days;

/**
 * By how much each figure is above the one before, rates in percentage points; null where either is not known. Nothing is
 * held against a span of which days are missing, and no count of such a one against anything. Pure.
 */
export function computeTrend(now: RangeMetrics, before: RangeMetrics): Record<keyof Metrics, number | null> {
  const differences = Object.entries(now.total).map(([field, value]: [string, number | null]) => {
    const comparable = isComplete(before) && (isComplete(now) || field.endsWith("Rate"));
    const earlierValue = comparable ? before.total[field as keyof Metrics] : null;
    return [field, value === null || earlierValue === null ? null : Math.round(100 * (value - earlierValue)) / 100];
  });
  return Object.fromEntries(differences);
}
