import { sql } from "drizzle-orm";
import { type Db, row } from "../db/db.ts";
import { isInForce, loadPauses } from "../jobs/pauses.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { findOverdueJobs } from "../supervision/overdue.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/durations.ts";
import type { Finding } from "./finding.ts";

const OLD_MS = HOUR_MS;

/** Checks how long the oldest mail has been due. */
export async function queueAge(db: Db, now: Date): Promise<Finding> {
  const { oldest } = await row<{ oldest: string | null }>(
    db,
    sql`select min(scheduled_at) as oldest from email_queue where status in ('pending', 'retrying')`,
  );
  const age = oldest === null ? 0 : Math.max(0, Number(now) - Number(new Date(oldest)));
  const observed = { observedValue: Math.round(age / 1000), observedUnit: "s" };
  if (age < OLD_MS) return { status: "pass", ...observed };
  const output = `the oldest mail has been due for ${Math.round(age / MINUTE_MS)} minutes`;
  return { status: "warn", ...observed, output };
}

/** Checks for open incidents, including those whose alert could not be sent. */
export async function openIncidents(db: Db): Promise<Finding> {
  const { titles, untold } = await row<{ titles: string[]; untold: number }>(
    db,
    sql`select coalesce(jsonb_agg(title order by opened_at), '[]') as titles,
        count(*) filter (where alerted_at is null)::int as untold
      from incidents where closed_at is null`,
  );
  if (titles.length === 0) return { status: "pass", observedValue: 0 };
  const alerts = untold === 0 ? "" : `; ${untold} of them could not be mailed about yet`;
  return { status: "warn", observedValue: titles.length, output: `${titles.join("; ")}${alerts}` };
}

const LONG_PAUSE_MS = 30 * DAY_MS;

/** Names the paused jobs. A pause without an end that lasts for more than 30 days was probably forgotten. */
export async function jobsPaused(db: Db, now: Date): Promise<Finding> {
  const paused = [...(await loadPauses(db)).values()].filter((pause) => isInForce(pause, now));
  if (paused.length === 0) return { status: "pass", observedValue: 0 };
  const isForgotten = paused.some(
    ({ until, pausedAt }) => until === null && Number(now) - Number(pausedAt) > LONG_PAUSE_MS,
  );
  const output = paused
    .map(({ jobName, pausedAt, until }) => {
      const end = until === null ? "without an end" : `until ${until.toISOString()}`;
      return `${jobName} is paused since ${pausedAt.toISOString()}, ${end}`;
    })
    .join("; ");
  return { status: isForgotten ? "warn" : "pass", observedValue: paused.length, output };
}

/** Checks for overdue jobs. It works even if nothing runs any more that would record them. */
export async function jobsOverdue(db: Db, jobs: JobRegistry, now: Date, zone: string): Promise<Finding> {
  const { watched, jobs: overdue } = await findOverdueJobs(db, jobs, now, zone);
  if (!watched)
    return { status: "pass", observedValue: 0, output: "no tick has run yet, from which on crons are expected" };
  if (overdue.length === 0) return { status: "pass", observedValue: 0 };
  const output = overdue.map(({ jobName, since }) => `${jobName} is overdue since ${since.toISOString()}`).join("; ");
  return { status: "warn", observedValue: overdue.length, output };
}
