import { config } from "../config/config.ts";
import { transact } from "../db/db.ts";
import { type Outage, wordsOf } from "../db/failures/unavailable.ts";
import { whyNoWrites } from "../db/failures/write-probe.ts";
import { describeError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import type { Invocation } from "../jobs/execute.ts";
import { isInForce, type Pause, type Pauses, pauseDetail } from "../jobs/pauses.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { HOUR_MS } from "../time/durations.ts";
import { deliverAlerts } from "./alerts.ts";
import { type Expired, expireRuns } from "./expire.ts";
import { lockIncidents, reconcile } from "./incidents.ts";
import { jobConditions } from "./job-conditions.ts";
import { alertFromMemory, forgetOutage, recordOutage } from "./outage.ts";
import { resumeRuns } from "./resume.ts";
import type { Supervised } from "./supervised.ts";
import { recordMissedOccurrences } from "./watch.ts";

/** The result of a tick. */
export interface Supervision {
  expired: Expired[];
  opened: string[];
  closed: string[];
  /** The number of alert and recovery mails sent. */
  told: number;
  resumed: string[];
  /** Set if nothing was done because the database accepts no writes. */
  outage?: Outage;
}

/**
 * The tick, which supervises all jobs after every invocation (docs/domain.md, section 2). It fails stuck runs, records missed
 * occurrences, opens and closes incidents, mails about them, and continues unfinished runs. If the database accepts no writes,
 * it sends an alert from memory and leaves the rest to the next tick. It never throws: its errors are logged.
 */
export async function supervise(invocation: Invocation, supervised: Supervised): Promise<Supervision> {
  const { db, now, clock } = invocation;
  const noWrites = await whyNoWrites(db);
  if (noWrites !== undefined && noWrites.outage !== "busy") {
    const { outage, error } = noWrites;
    log("error", "supervision_impossible", { outage, error: wordsOf(error) });
    inBackground(reportError(error, { job: "supervision" }));
    await alertFromMemory(db, outage, new Date(clock()), supervised.sendAlert);
    return { ...NOTHING_DONE, outage };
  }
  const tell = () => guarded("alerts", 0, () => deliverAlerts(db, clock, supervised));
  const expired = await guarded("expire", [], () => expireRuns(db, now, config().stuckJobMs));
  const before = await guarded("incidents", NOTHING_NEW, () => updateIncidents(invocation, supervised));
  const toldBefore = await tell();
  const resumed = await guarded("resume", [], () => resumeRuns(invocation, supervised.jobs));
  // The runs may have taken long, so the incidents are checked again at the current time.
  const later = { ...invocation, now: new Date(clock()) };
  const after =
    resumed.length === 0
      ? NOTHING_NEW
      : await guarded("incidents", NOTHING_NEW, () => updateIncidents(later, supervised));
  const toldAfter = resumed.length === 0 ? 0 : await tell();
  const supervision = {
    expired,
    opened: [...before.opened, ...after.opened],
    closed: [...before.closed, ...after.closed],
    told: toldBefore + toldAfter,
    resumed,
  };
  if (expired.length + supervision.opened.length + supervision.closed.length + resumed.length > 0) {
    log("warn", "supervision", { ...supervision });
  }
  return supervision;
}

const NOTHING_DONE: Supervision = { expired: [], opened: [], closed: [], told: 0, resumed: [] };

const NOTHING_NEW = { opened: [] as string[], closed: [] as string[] };

/** Checks all conditions and updates the incidents. A lock lets one process do it at a time. */
async function updateIncidents(
  { db, now, zone }: Invocation,
  { jobs, conditions: sources }: Supervised,
): Promise<typeof NOTHING_NEW> {
  const expectations = await recordMissedOccurrences(db, jobs, now);
  const news = await transact(db, async (tx) => {
    await lockIncidents(tx);
    const conditions = await jobConditions(tx, jobs, expectations, now, zone);
    for (const find of sources) conditions.push(...(await find(tx, now)));
    await recordOutage(tx, db, now);
    const { pauses } = expectations;
    const faults = conditions.filter(({ waitsFor }) => !hasTimeAfterPause(pauses.get(waitsFor ?? ""), now));
    return reconcile(tx, faults, now, pausedSilences(pauses, now));
  });
  forgetOutage(db);
  return news;
}

/** How long after a pause a job has to work off what waits for it: as long as such work may wait without a pause. */
const WORK_OFF_MS = HOUR_MS;

const hasTimeAfterPause = (pause: Pause | undefined, now: Date): boolean =>
  isInForce(pause, new Date(Number(now) - WORK_OFF_MS));

/** Why the incidents of paused jobs that did not run are closed, by their keys. */
const pausedSilences = (pauses: Pauses, now: Date): Record<string, string> =>
  Object.fromEntries(
    [...pauses.values()]
      .filter((pause) => isInForce(pause, now))
      .map((pause) => [`overdue:${pause.jobName}`, pauseDetail(pause)]),
  );

async function guarded<T>(step: string, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    log("error", "supervision_failed", { step, error: describeError(error) });
    inBackground(reportError(error, { job: `supervision ${step}` }));
    return otherwise;
  }
}
