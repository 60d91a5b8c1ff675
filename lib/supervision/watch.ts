import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, rows } from "../db/db.ts";
import { recordMissedRuns } from "../jobs/ledger.ts";
import { isExcused, loadPauses, type Pauses } from "../jobs/pauses.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { graceMs, occurrencesBetween, SCHEDULES, type Schedule } from "../jobs/schedule.ts";
import { MINUTE_MS } from "../time/durations.ts";

/** A cron of `vercel.json`, when the watch over it began, and up to when its occurrences were checked. */
export interface Watch extends Schedule {
  since: Date;
  accountedUntil: Date;
}

/** What supervision compares the ledger with: the crons, and the pauses of jobs. */
export interface Expectations {
  watches: Watch[];
  pauses: Pauses;
}

/** After a long outage, the following ticks check the rest. */
const MOST_AT_ONCE = 2_000;

/**
 * Compares the occurrences of every cron with the ledger, and records an occurrence as missed if it did not run within its grace,
 * unless the job was paused then. Period jobs have no occurrences; job-conditions.ts checks their periods. Two processes at once record the same.
 * @returns What was expected before the check.
 */
export async function recordMissedOccurrences(db: Db, jobs: JobRegistry, now: Date): Promise<Expectations> {
  const expectations = { watches: await updateWatches(db, now), pauses: await loadPauses(db) };
  for (const watch of expectations.watches) await recordMissedOf(db, jobs, watch, expectations.pauses, now);
  return expectations;
}

async function recordMissedOf(
  db: Db,
  jobs: JobRegistry,
  { path, expression, accountedUntil }: Watch,
  pauses: Pauses,
  now: Date,
): Promise<void> {
  const job = Object.values(jobs).find((entry) => entry.path === path.split("?")[0]);
  if (job === undefined || job.period !== undefined) return;
  const grace = graceMs(expression, accountedUntil);
  const due = occurrencesBetween(expression, accountedUntil, new Date(now.getTime() - grace), MOST_AT_ONCE);
  const last = due.at(-1);
  if (last === undefined) return;
  const reason = `its cron (${expression}) did not fire within ${grace / MINUTE_MS} minutes`;
  const missed = due.filter((at) => !isExcused(pauses.get(job.name), at, grace));
  await recordMissedRuns(db, job.name, missed, now, reason);
  await rows(
    db,
    sql`update cron_watches set accounted_until = ${at(last)}
      where cron = ${cronOf({ path, expression })} and accounted_until < ${at(last)}`,
  );
}

/** Loads the watches of all crons. The watch over a new cron begins now; the watch over a removed cron is deleted. */
async function updateWatches(db: Db, now: Date): Promise<Watch[]> {
  const crons = SCHEDULES.map(cronOf);
  const kept = await rows<WatchRow>(
    db,
    sql`with expected as (select jsonb_array_elements_text(${json(crons)}) as cron),
      forgotten as (delete from cron_watches where cron not in (select cron from expected)),
      added as (
        insert into cron_watches (cron, since, accounted_until) select cron, ${at(now)}, ${at(now)} from expected
        on conflict (cron) do nothing
        returning cron, since, accounted_until)
      select cron, since, accounted_until as "accountedUntil" from added
      union all
      select cron, since, accounted_until from cron_watches join expected using (cron)`,
  );
  return kept.flatMap(watchOf);
}

interface WatchRow {
  cron: string;
  since: string;
  accountedUntil: string;
}

function watchOf({ cron, since, accountedUntil }: WatchRow): Watch[] {
  const schedule = SCHEDULES.find((known) => cronOf(known) === cron);
  if (schedule === undefined) return [];
  return [{ ...schedule, since: instantOf(since), accountedUntil: instantOf(accountedUntil) }];
}

/** Loads what is expected of existing crons without changing anything. */
export async function loadExpectations(db: Db): Promise<Expectations> {
  const kept = await rows<WatchRow>(db, sql`select cron, since, accounted_until as "accountedUntil" from cron_watches`);
  return { watches: kept.flatMap(watchOf), pauses: await loadPauses(db) };
}

const cronOf = ({ path, expression }: Schedule): string => `${path} ${expression}`;
