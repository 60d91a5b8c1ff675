import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../../db/db.ts";
import { IMPORT_CALENDAR } from "../appointment-store.ts";
import { COUNTS, type Count, type Counts } from "./counts-and-rates.ts";

/** Writes `daily_metrics`: for every day that was read, the counts of its stored appointments. */

/** A day whose counts have changed. */
export interface DayChange {
  date: string;
  /** Undefined for a new day. */
  before?: Counts;
  after: Counts;
}

/** Adds a change to others by date. Of several changes of a day, keeps the counts before the first one. */
export function mergeChange(changes: Map<string, DayChange>, { date, before, after }: DayChange): void {
  const earlierChange = changes.get(date);
  const original = earlierChange === undefined ? before : earlierChange.before;
  changes.set(date, { date, ...(original !== undefined && { before: original }), after });
}

/**
 * Recomputes days after a write to their appointments. Skips days that were never read, and days whose metrics were imported
 * without appointments. The caller holds the attendance lock.
 * @returns the days whose counts have changed.
 */
export function recomputeDays(tx: Db, dates: string[]): Promise<DayChange[]> {
  if (dates.length === 0) return Promise.resolve([]);
  return upsertDays(
    tx,
    dates,
    sql`select date, final as over, source, read_at as as_of from daily_metrics
      where source <> 'figures' and date = any(${sql.param(dates)}::date[])`,
  );
}

/**
 * Computes days that have just been read in full. A day is final when it is over and has no pending appointment. The caller
 * holds the attendance lock.
 * @param days Local dates, each with whether the day was over when it was read.
 * @param source Where the appointments come from.
 * @param readAt When the sync began.
 * @returns the days whose counts have changed.
 */
export function computeDays(
  tx: Db,
  days: { date: string; over: boolean }[],
  source: "calendar" | "outcomes",
  readAt: Date,
): Promise<DayChange[]> {
  return upsertDays(
    tx,
    days.map(({ date }) => date),
    sql`select date, over, ${source}::text as source, ${at(readAt)} as as_of
      from jsonb_to_recordset(${json(days)}) as closed (date date, over boolean)`,
  );
}

const DIMENSIONS = { hour: "by_hour", consultant: "by_user", potential: "by_potential" } as const;

const COUNT_CONDITIONS: Readonly<Record<Count, string>> = {
  total_slots: "true",
  completed: "outcome = 'completed'",
  sold: "sold and outcome = 'completed'",
  no_shows: "outcome = 'no_show'",
  ghosts: "outcome = 'ghost'",
  cancelled: "outcome = 'cancelled'",
  rescheduled: "outcome = 'rescheduled'",
  overhang: "outcome = 'overhang'",
  pending: "outcome = 'pending'",
};

const countList = (write: (count: Count) => string): SQL => sql.raw(COUNTS.map(write).join(", "));

const columns = countList((count) => count);
const pairsOf = (row: string): SQL => countList((count) => `'${count}', ${row}.${count}`);
const objectOf = (row: string): SQL => sql`jsonb_build_object(${pairsOf(row)})`;

/**
 * Computes and upserts days in one statement.
 * @param dates The dates of `days`. As a parameter they show the planner how few days it must look up.
 * @param days A query with `date`, `over`, `source` and `as_of` (when the day was read).
 */
async function upsertDays(tx: Db, dates: string[], days: SQL): Promise<DayChange[]> {
  const changes = await rows<DayChange & { before: Counts | null }>(
    tx,
    sql`with days as materialized (${days}),
      tallies as (
        select local_date, to_char(local_hour, 'FM00') || ':00' as hour, consultant, potential,
          grouping(local_hour, consultant, potential) as level,
          ${countList((count) => `(count(*) filter (where ${COUNT_CONDITIONS[count]}))::int as ${count}`)}
        from (
          select local_date, local_hour, consultant, potential, outcome, sold
          from calendar_appointments join days on days.date = local_date
          where local_date = any(${sql.param(dates)}::date[]) and (calendar_id = ${IMPORT_CALENDAR}) = (days.source = 'outcomes')
            and outcome <> 'placeholder' and gone_at is null) as counted
        group by local_date, grouping sets ((), (local_hour), (consultant), (potential))
      ), totals as (
        select local_date, ${columns} from tallies where level = ${levelOf()}
      ), parts as (
        select local_date, ${sql.join(
          Object.entries(DIMENSIONS).map(([name, column]) => groupsOf(name, column)),
          sql`, `,
        )}
        from tallies group by local_date
      ), computed as (
        select days.date, over, source, as_of, ${countList((count) => `coalesce(${count}, 0) as ${count}`)},
          ${sql.raw(
            Object.values(DIMENSIONS)
              .map((column) => `coalesce(${column}, '{}') as ${column}`)
              .join(", "),
          )}
        from days left join totals on totals.local_date = days.date left join parts on parts.local_date = days.date
      ), before as (
        select old.date, ${objectOf("old")} as counts from daily_metrics as old join days using (date)
      ), written as (
        insert into daily_metrics as old (date, ${columns}, by_hour, by_user, by_potential, final, source, read_at)
        select date, ${columns}, by_hour, by_user, by_potential, over and pending = 0, source, as_of from computed
        on conflict (date) do update set
          (${columns}, by_hour, by_user, by_potential, final, source, read_at)
            = row (${countList((count) => `excluded.${count}`)}, excluded.by_hour, excluded.by_user, excluded.by_potential,
              -- a later sync knows better whether the day was over
              case when old.read_at > excluded.read_at then old.final and excluded.pending = 0 else excluded.final end,
              excluded.source, greatest(old.read_at, excluded.read_at))
        returning old.date, ${objectOf("old")} as counts
      )
      select written.date::text as date, before.counts as before, written.counts as after
      from written left join before using (date)
      where before.counts is distinct from written.counts
      order by written.date`,
  );
  return changes.map(({ date, before, after }) => ({ date, ...(before !== null && { before }), after }));
}

/** The value of `grouping(local_hour, consultant, potential)` for the groups of one dimension, or for the whole day. */
function levelOf(name?: string): SQL {
  const bits = Object.keys(DIMENSIONS).map((dimension) => (dimension === name ? "0" : "1"));
  return sql.raw(String(Number.parseInt(bits.join(""), 2)));
}

/** Built as text and parsed once, which takes half as long as building a tree of `jsonb`. */
const groupsOf = (name: string, column: string): SQL =>
  sql`(json_object_agg(${sql.raw(name)}, json_build_object(${pairsOf("tallies")}))
    filter (where level = ${levelOf(name)}))::jsonb as ${sql.raw(column)}`;
