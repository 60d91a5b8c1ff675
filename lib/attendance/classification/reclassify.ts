import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../../db/db.ts";
import type { WallClock } from "../../time/wall-clock.ts";
import {
  type AppointmentRow,
  DATA_COLUMNS,
  lockAttendance,
  parseRow,
  type Reclassified,
  updateClassifications,
} from "../appointment-store.ts";
import { localTimeOf } from "../google/calendar-event.ts";
import type { TrackingRun } from "../google/sync-range.ts";
import { type DayChange, mergeChange, recomputeDays } from "../metrics/daily-metrics.ts";
import { classifyAppointment } from "./classify-appointment.ts";
import { type Outcome, RULES_VERSION } from "./rules.ts";

/** Judging stored appointments again, without fetching them: rules, consultants or the zone have changed. */

/** By what appointments are judged, apart from themselves. */
export interface ClassificationSettings {
  consultants: Readonly<Record<string, string>>;
  clock: WallClock;
}

export interface ReclassifiedBatch {
  judged: number;
  changed: number;
  /** How many went from one outcome to another: `{"completed -> no_show": 3}`. */
  transitions: Record<string, number>;
  days: DayChange[];
  /** The last day of which all were looked at; undefined where there are no more. */
  upTo: string | undefined;
}

/** Whole days are judged at a time, until they hold as many: so that each day is recomputed once. */
const BATCH = 2_000;

interface Stored extends AppointmentRow {
  id: string;
  outcome: Outcome;
  asOf: string;
}

/**
 * Judges the appointments of the next days again, each as of when it was last read, and recomputes their days. What an
 * import brought was judged by others, and what is forgotten cannot be judged: both stay as they are.
 * @param after Of the days after this one; null for all.
 * @param outdated Only those that rules of another version have judged.
 */
export async function reclassifyBatch(
  tx: Db,
  bench: ClassificationSettings,
  after: string | null,
  outdated: boolean,
): Promise<ReclassifiedBatch> {
  await lockAttendance(tx);
  const stored = await readNext(tx, after, outdated);
  const transitions: Record<string, number> = {};
  const judged = stored.map(({ id, outcome, asOf, ...row }): Reclassified => {
    const facts = parseRow(row);
    const judgement = classifyAppointment(facts, bench.consultants, instantOf(asOf));
    const transition = `${outcome} -> ${judgement.outcome}`;
    if (outcome !== judgement.outcome) transitions[transition] = (transitions[transition] ?? 0) + 1;
    return { id: Number(id), ...judgement, ...localTimeOf(facts.startsAt, bench.clock) };
  });
  const dates = judged.length === 0 ? [] : await updateClassifications(tx, judged);
  return {
    judged: judged.length,
    changed: dates.length / 2,
    transitions,
    days: await recomputeDays(tx, [...new Set(dates)]),
    upTo: stored.length < BATCH ? undefined : stored.at(-1)?.localDate,
  };
}

function readNext(tx: Db, after: string | null, outdated: boolean): Promise<Stored[]> {
  const next = sql`local_date > coalesce(${after}::date, '-infinity') and title is not null and rule_version <> 0
    ${outdated ? sql`and rule_version <> ${RULES_VERSION}` : sql``}`;
  return rows(
    tx,
    sql`select stored.id, ${DATA_COLUMNS}, outcome, greatest(stored.read_at, day.read_at) as "asOf"
      from calendar_appointments as stored left join daily_metrics as day on day.date = stored.local_date
      where ${next} and local_date <= coalesce(
        (select local_date from calendar_appointments where ${next} order by local_date offset ${BATCH - 1} limit 1),
        'infinity')
      order by local_date`,
  );
}

/** Judges again what older rules have judged, in steps of a run. */
export async function reclassifyOutdated(run: TrackingRun): Promise<void> {
  for (let done: ReclassifiedBatch | undefined; done === undefined || done.upTo !== undefined; ) {
    run.state = await run.context.checkpoint(async (tx) => {
      done = await reclassifyBatch(tx, run, run.state.judgedUpTo, true);
      const { counts } = run.state;
      return {
        ...run.state,
        judgedUpTo: done.upTo ?? run.state.judgedUpTo,
        counts: { ...counts, reclassified: counts.reclassified + done.changed },
      };
    });
    for (const change of done?.days ?? []) mergeChange(run.changes, change);
  }
}
