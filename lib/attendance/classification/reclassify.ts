import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../../db/db.ts";
import type { WallClock } from "../../time/wall-clock.ts";
import { type AppointmentData, type Classification, localTimeOf } from "../appointment.ts";
import {
  type AppointmentRow,
  type COLUMNS,
  type ColumnWriter,
  columnList,
  DATA_COLUMNS,
  parseRow,
} from "../appointment-columns.ts";
import { lockAttendance } from "../appointment-store.ts";
import type { TrackingRun } from "../google/sync-range.ts";
import { type DayChange, mergeChange, recomputeDays } from "../metrics/daily-metrics.ts";
import { classifyAppointment } from "./classify-appointment.ts";
import { type Outcome, RULES_VERSION } from "./rules.ts";

/** Classifies stored appointments again, without Google, after the rules, the consultants or the time zone have changed. */

/** The settings that a classification depends on. */
export interface ClassificationSettings {
  /** Names by address in lower case. */
  consultants: Readonly<Record<string, string>>;
  /** The clock of `TRACKING_TIMEZONE`. */
  clock: WallClock;
}

export interface ReclassifiedBatch {
  judged: number;
  changed: number;
  /** How many appointments went from one outcome to another: `{"completed -> no_show": 3}`. */
  transitions: Record<string, number>;
  days: DayChange[];
  /** The last day of this batch; undefined after the last batch. */
  upTo: string | undefined;
}

/** A batch takes whole days until it has this many appointments, so that each day is recomputed once. */
const BATCH_SIZE = 2_000;

interface StoredAppointment extends AppointmentRow {
  id: string;
  outcome: Outcome;
  asOf: string;
}

/**
 * Classifies the appointments of the next days again, each as of its last reading, and recomputes these days. Skips imported
 * appointments, which the older system classified, and appointments without a title, which retention or an erasure emptied.
 * @param after Starts after this local date; null starts with the first.
 * @param onlyOutdated Only appointments that another version of the rules has classified.
 */
export async function reclassifyBatch(
  tx: Db,
  settings: ClassificationSettings,
  after: string | null,
  onlyOutdated: boolean,
): Promise<ReclassifiedBatch> {
  await lockAttendance(tx);
  const stored = await loadNextDays(tx, after, onlyOutdated);
  const transitions: Record<string, number> = {};
  const reclassified = stored.map(({ id, outcome, asOf, ...row }): Reclassified => {
    const data = parseRow(row);
    const classification = classifyAppointment(data, settings.consultants, instantOf(asOf));
    const transition = `${outcome} -> ${classification.outcome}`;
    if (outcome !== classification.outcome) transitions[transition] = (transitions[transition] ?? 0) + 1;
    return { id: Number(id), ...classification, ...localTimeOf(data.startsAt, settings.clock) };
  });
  const changes = reclassified.length === 0 ? [] : await updateClassifications(tx, reclassified);
  const dates = changes.flatMap(({ before, after }) => [before, after]);
  return {
    judged: reclassified.length,
    changed: changes.length,
    transitions,
    days: await recomputeDays(tx, [...new Set(dates)]),
    upTo: stored.length < BATCH_SIZE ? undefined : stored.at(-1)?.localDate,
  };
}

function loadNextDays(tx: Db, after: string | null, onlyOutdated: boolean): Promise<StoredAppointment[]> {
  const next = sql`local_date > coalesce(${after}::date, '-infinity') and title is not null and rule_version <> 0
    ${onlyOutdated ? sql`and rule_version <> ${RULES_VERSION}` : sql``}`;
  return rows(
    tx,
    sql`select stored.id, ${DATA_COLUMNS}, outcome, greatest(stored.read_at, day.read_at) as "asOf"
      from calendar_appointments as stored left join daily_metrics as day on day.date = stored.local_date
      where ${next} and local_date <= coalesce(
        (select local_date from calendar_appointments where ${next} order by local_date offset ${BATCH_SIZE - 1} limit 1),
        'infinity')
      order by local_date`,
  );
}

/** A stored appointment with its new classification, and its local time in the zone of today's settings. */
type Reclassified = { id: number } & Classification & Pick<AppointmentData, "localDate" | "localHour">;

const UPDATED_FIELDS = [
  "localDate",
  "localHour",
  "outcome",
  "sold",
  "confidence",
  "reason",
  "ruleVersion",
  "potential",
  "consultant",
  "customerKey",
  "customerName",
] as const satisfies readonly (keyof Reclassified & keyof typeof COLUMNS)[];

/** Updates the rows that differ. @returns for each of them its local date before and after. */
function updateClassifications(tx: Db, reclassified: Reclassified[]): Promise<{ before: string; after: string }[]> {
  const columns = (write: ColumnWriter) => columnList(UPDATED_FIELDS, write);
  return rows(
    tx,
    sql`with incoming as (
        select * from json_to_recordset(${JSON.stringify(reclassified)}::json) as incoming
          (id bigint, ${columns((field, _, type) => `"${field}" ${type}`)})
      ), before as (
        select id, local_date from calendar_appointments where id in (select id from incoming)
      ), written as (
        update calendar_appointments as old
        set (${columns((_, column) => column)}) = row (${columns((field) => `incoming."${field}"`)})
        from incoming where old.id = incoming.id
          and (${columns((_, column) => `old.${column}`)}) is distinct from (${columns((field) => `incoming."${field}"`)})
        returning old.id, old.local_date
      )
      select before.local_date::text as before, written.local_date::text as after from written join before using (id)`,
  );
}

/** Reclassifies everything that an older version of the rules has classified; each batch is a step of the run. */
export async function reclassifyOutdated(run: TrackingRun): Promise<void> {
  for (let batch: ReclassifiedBatch | undefined; batch === undefined || batch.upTo !== undefined; ) {
    run.state = await run.context.checkpoint(async (tx) => {
      batch = await reclassifyBatch(tx, run, run.state.judgedUpTo, true);
      const { counts } = run.state;
      return {
        ...run.state,
        judgedUpTo: batch.upTo ?? run.state.judgedUpTo,
        counts: { ...counts, reclassified: counts.reclassified + batch.changed },
      };
    });
    for (const change of batch?.days ?? []) mergeChange(run.changes, change);
  }
}
