import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../db/db.ts";
import type { WallClock } from "../wall-clock.ts";
import { judge } from "./appointment.ts";
import { localTimeOf } from "./event.ts";
import { type DayChange, noteChange, refreshDays } from "./figures.ts";
import type { Run } from "./read-range.ts";
import { type Outcome, RULES_VERSION } from "./rules.ts";
import { FACTS, factsIn, lockAttendance, type Rejudged, rewriteJudgements, type StoredFacts } from "./store.ts";

/** Judging stored appointments again, without fetching them: rules, consultants or the zone have changed. */

/** By what appointments are judged, apart from themselves. */
export interface Bench {
  consultants: Readonly<Record<string, string>>;
  clock: WallClock;
}

export interface Rejudgement {
  judged: number;
  changed: number;
  /** How many went from one outcome to another: `{"completed -> no_show": 3}`. */
  transitions: Record<string, number>;
  days: DayChange[];
  /** The id of the last one that was looked at; undefined where there are no more. */
  upTo: number | undefined;
}

const BATCH = 2_000;

interface Stored extends StoredFacts {
  id: string;
  outcome: Outcome;
  asOf: string;
}

/**
 * Judges the next stored appointments again, each as of when it was last read, and recomputes their days. What an import
 * brought was judged by others, and what is forgotten cannot be judged: both stay as they are.
 * @param after Of the ids beyond this one.
 * @param outdated Only those that rules of another version have judged.
 */
export async function rejudge(tx: Db, bench: Bench, after: number, outdated: boolean): Promise<Rejudgement> {
  await lockAttendance(tx);
  const stored = await readNext(tx, after, outdated);
  const transitions: Record<string, number> = {};
  const judged = stored.map(({ id, outcome, asOf, ...row }): Rejudged => {
    const facts = factsIn(row);
    const judgement = judge(facts, bench.consultants, instantOf(asOf));
    const transition = `${outcome} -> ${judgement.outcome}`;
    if (outcome !== judgement.outcome) transitions[transition] = (transitions[transition] ?? 0) + 1;
    return { id: Number(id), ...judgement, ...localTimeOf(facts.startsAt, bench.clock) };
  });
  const dates = judged.length === 0 ? [] : await rewriteJudgements(tx, judged);
  return {
    judged: judged.length,
    changed: dates.length / 2,
    transitions,
    days: await refreshDays(tx, [...new Set(dates)]),
    upTo: judged.length < BATCH ? undefined : judged.at(-1)?.id,
  };
}

function readNext(tx: Db, after: number, outdated: boolean): Promise<Stored[]> {
  return rows(
    tx,
    sql`select stored.id, ${FACTS}, outcome, greatest(stored.read_at, day.read_at) as "asOf"
      from calendar_appointments as stored left join daily_metrics as day on day.date = stored.local_date
      where stored.id > ${after} and title is not null and rule_version <> 0
        ${outdated ? sql`and rule_version <> ${RULES_VERSION}` : sql``}
      order by stored.id limit ${BATCH}`,
  );
}

/** Judges again what older rules have judged, in steps of a run. */
export async function reclassifyOutdated(run: Run): Promise<void> {
  for (let after: number | undefined = run.state.judgedUpTo; after !== undefined; ) {
    let done: Rejudgement | undefined;
    run.state = await run.context.checkpoint(async (tx) => {
      done = await rejudge(tx, run, run.state.judgedUpTo, true);
      const { counts } = run.state;
      return {
        ...run.state,
        judgedUpTo: done.upTo ?? run.state.judgedUpTo,
        counts: { ...counts, reclassified: counts.reclassified + done.changed },
      };
    });
    for (const change of done?.days ?? []) noteChange(run.changes, change);
    after = done?.upTo;
  }
}
