import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../../db/db.ts";
import { IMPORT_CALENDAR } from "../import/imported-source.ts";
import { COUNTS, type Count, type Counts } from "./counts-and-rates.ts";

/** The figures of days: always what follows from the appointments that are stored, for every day that was read. */

/** A day whose figures have changed. */
export interface DayChange {
  date: string;
  /** Undefined for a day that had none. */
  before?: Counts;
  after: Counts;
}

/** Puts down a change, with what was before the first of several. */
export function mergeChange(changes: Map<string, DayChange>, { date, before, after }: DayChange): void {
  const known = changes.get(date);
  const original = known === undefined ? before : known.before;
  changes.set(date, { date, ...(original !== undefined && { before: original }), after });
}

/** Recomputes days, as far as they were read before: something of theirs has been written. @returns what changed. */
export function recomputeDays(tx: Db, dates: string[]): Promise<DayChange[]> {
  if (dates.length === 0) return Promise.resolve([]);
  return writeDays(
    tx,
    dates,
    sql`select date, final as over, source, read_at as as_of from daily_metrics
      where source <> 'figures' and date = any(${sql.param(dates)}::date[])`,
  );
}

/**
 * Computes days that have just been read in full; a day is final once it is over and nothing on it is pending.
 * @param days With whether they were over when they were read.
 * @param source Where their appointments are from.
 * @param readAt When it was begun to read them.
 */
export function computeDays(
  tx: Db,
  days: { date: string; over: boolean }[],
  source: "calendar" | "outcomes",
  readAt: Date,
): Promise<DayChange[]> {
  return writeDays(
    tx,
    days.map(({ date }) => date),
    sql`select date, over, ${source}::text as source, ${at(readAt)} as as_of
      from jsonb_to_recordset(${json(days)}) as closed (date date, over boolean)`,
  );
}

const DIMENSIONS = { hour: "by_hour", consultant: "by_user", potential: "by_potential" } as const;

const COUNTED: Readonly<Record<Count, string>> = {
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

const each = (item: (count: Count) => string): SQL => sql.raw(COUNTS.map(item).join(", "));

const columns = each((count) => count);
const pairsOf = (row: string): SQL => each((count) => `'${count}', ${row}.${count}`);
const objectOf = (row: string): SQL => sql`jsonb_build_object(${pairsOf(row)})`;

/**
 * @param dates Those of the days: from a parameter the planner sees how few of all they are, and looks only these up.
 * @param days A query of the days: `date`, `over`, `source`, and `as_of`, when they were read.
 */
async function writeDays(tx: Db, dates: string[], days: SQL): Promise<DayChange[]> {
  const changes = await rows<DayChange & { before: Counts | null }>(
    tx,
    sql`with days as materialized (${days}),
      tallies as (
        select local_date, to_char(local_hour, 'FM00') || ':00' as hour, consultant, potential,
          grouping(local_hour, consultant, potential) as level,
          ${each((count) => `(count(*) filter (where ${COUNTED[count]}))::int as ${count}`)}
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
          Object.entries(DIMENSIONS).map(([name, column]) => partsOf(name, column)),
          sql`, `,
        )}
        from tallies group by local_date
      ), computed as (
        select days.date, over, source, as_of, ${each((count) => `coalesce(${count}, 0) as ${count}`)},
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
            = row (${each((count) => `excluded.${count}`)}, excluded.by_hour, excluded.by_user, excluded.by_potential,
              -- who has read it later knows better whether it was over
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

/** `grouping(local_hour, consultant, potential)` where all but the named one are left out; of the whole day for none. */
function levelOf(name?: string): SQL {
  const bits = Object.keys(DIMENSIONS).map((dimension) => (dimension === name ? "0" : "1"));
  return sql.raw(String(Number.parseInt(bits.join(""), 2)));
}

/** Put together as text and parsed once at the end, which takes half as long as a tree of `jsonb`. */
const partsOf = (name: string, column: string): SQL =>
  sql`(json_object_agg(${sql.raw(name)}, json_build_object(${pairsOf("tallies")}))
    filter (where level = ${levelOf(name)}))::jsonb as ${sql.raw(column)}`;
