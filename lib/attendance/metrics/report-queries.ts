import { type SQL, sql } from "drizzle-orm";
import { type Db, row, rows } from "../../db/db.ts";
import { countDays, type DateRange, earlierDate } from "../../time/dates.ts";
import { COUNTS, METRIC_COLUMNS, type Metrics, SUM_COLUMNS } from "./counts-and-rates.ts";

/** Reads `daily_metrics`: totals and groups of any date range, and the trend against another range. */

/** A group is made of whole days, by an expression over the date, or of parts of days, by a JSON column. */
const GROUPS = {
  day: { expression: sql`date::text` },
  week: { expression: sql`date_trunc('week', date)::date::text` },
  month: { expression: sql`to_char(date, 'YYYY-MM')` },
  weekday: { expression: sql`(extract(isodow from date) - 1)::int::text` },
  hour: { column: sql`by_hour` },
  consultant: { column: sql`by_user` },
  potential: { column: sql`by_potential` },
} as const satisfies Record<string, { expression: SQL } | { column: SQL }>;

export type GroupBy = keyof typeof GROUPS;

export const GROUP_NAMES = Object.keys(GROUPS) as [GroupBy, ...GroupBy[]];

const COUNT_COLUMNS = sql.raw(COUNTS.map((column) => `${column} int`).join(", "));

export interface GroupMetrics extends Metrics {
  /**
   * A date, the Monday of a week, a month `YYYY-MM`, a weekday (0 = Monday), an hour `09:00`, a consultant or a potential
   * type.
   */
  group: string;
}

/** Loads the metrics of a range in groups, in the order of the groups' names. */
export function loadGroupMetrics(db: Db, { from, to }: DateRange, groupBy: GroupBy): Promise<GroupMetrics[]> {
  const grouping = GROUPS[groupBy];
  const days = sql`daily_metrics where date between ${from}::date and ${to}::date`;
  const parts =
    "expression" in grouping
      ? sql`select ${grouping.expression} as part, ${sql.raw(COUNTS.join(", "))} from ${days}`
      : sql`select part.key as part, counts.* from (select * from ${days}) as day
          cross join lateral jsonb_each(day.${grouping.column}) as part (key, value)
          cross join lateral jsonb_to_record(part.value) as counts (${COUNT_COLUMNS})`;
  return rows(
    db,
    sql`select part as "group", ${METRIC_COLUMNS} from (select part, ${SUM_COLUMNS} from (${parts}) as parts group by part) as sums
      order by part collate "C"`,
  );
}

/** How many days of a range are known, and how well. */
export interface DayCoverage {
  days: number;
  read: number;
  final: number;
  /** Days that were imported and not read from a calendar. */
  imported: number;
  /** The first 31 days up to `today` that were never read. */
  unread: string[];
}

export interface RangeMetrics extends DateRange {
  days: DayCoverage;
  total: Metrics;
}

/** Loads the metrics of a range as a whole. @param today The local date: later days are not missing yet. */
export async function loadTotalMetrics(db: Db, { from, to }: DateRange, today: string): Promise<RangeMetrics> {
  const days = sql`daily_metrics where date between ${from}::date and ${to}::date`;
  const { read, final, imported, unread, ...total } = await row<Metrics & DayCoverage>(
    db,
    sql`select ${METRIC_COLUMNS}, read, final, imported, (
        select coalesce(jsonb_agg(missing order by missing), '[]') from (
          select day::date::text as missing from generate_series(${from}::timestamp, ${earlierDate(to, today)}::timestamp, interval '1 day') as day
          where not exists (select from daily_metrics where date = day::date) order by 1 limit 31) as missing) as unread
      from (select ${SUM_COLUMNS}, count(*)::int as read, (count(*) filter (where final))::int as final,
          (count(*) filter (where source <> 'calendar'))::int as imported from ${days}) as sums`,
  );
  return { from, to, days: { days: countDays(from, to), read, final, imported, unread }, total };
}

/** Whether all days of a range were read. A part of the days says little about the whole range. */
export const isComplete = ({ days }: RangeMetrics): boolean => days.read === days.days;

/**
 * The difference of each metric between two ranges; rates in percentage points. Pure.
 * @returns null for a metric that one of the ranges does not know, for everything if the earlier range is incomplete, and for
 * counts if the later range is incomplete.
 */
export function computeTrend(current: RangeMetrics, previous: RangeMetrics): Record<keyof Metrics, number | null> {
  const differences = Object.entries(current.total).map(([field, value]: [string, number | null]) => {
    const comparable = isComplete(previous) && (isComplete(current) || field.endsWith("Rate"));
    const previousValue = comparable ? previous.total[field as keyof Metrics] : null;
    return [field, value === null || previousValue === null ? null : Math.round(100 * (value - previousValue)) / 100];
  });
  return Object.fromEntries(differences);
}
