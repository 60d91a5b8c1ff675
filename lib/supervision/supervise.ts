import { config } from "../config/config.ts";
import { transact } from "../db/db.ts";
import { type Outage, wordsOf } from "../db/failures/unavailable.ts";
import { whyNoWrites } from "../db/failures/write-probe.ts";
import { describeError } from "../errors.ts";
import { inBackground } from "../http/background.ts";
import type { Invocation } from "../jobs/execute.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { deliverAlerts } from "./alerts.ts";
import { jobConditions } from "./conditions.ts";
import { type Expired, expireRuns } from "./expire.ts";
import { lockIncidents, reconcile } from "./incidents.ts";
import { alertFromMemory, forgetOutage, recordOutage } from "./outage.ts";
import { resumeRuns } from "./resume.ts";
import type { Supervised } from "./supervised.ts";
import { recordMissedOccurrences } from "./watch.ts";

/** What a tick found and did. */
export interface Supervision {
  expired: Expired[];
  opened: string[];
  closed: string[];
  /** Alert and recovery mails that went out. */
  told: number;
  resumed: string[];
  /** Why nothing was done: the database takes no writes. */
  outage?: Outage;
}

/**
 * The tick: after every invocation of any job, looks after all of them (domain, section 2). Fails runs that are stuck,
 * puts missed occurrences on record, opens and closes incidents and tells of them, and goes on with what is unfinished.
 * Where the database takes no writes, the alert about that is sent from memory, and all else waits for the next tick.
 * Never throws: what goes wrong here is logged, and must not fail the job it follows.
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
  const tell = () => guarded("alerts", 0, () => deliverAlerts(db, clock, supervised.sendAlert));
  const expired = await guarded("expire", [], () => expireRuns(db, now, config().stuckJobMs));
  const found = await guarded("incidents", NOTHING_NEW, () => updateIncidents(invocation, supervised));
  const told = await tell();
  const resumed = await guarded("resume", [], () => resumeRuns(invocation, supervised.jobs));
  // Much later, maybe: by the time of before, what others have found meanwhile would not hold.
  const later = { ...invocation, now: new Date(clock()) };
  const after =
    resumed.length === 0
      ? NOTHING_NEW
      : await guarded("incidents", NOTHING_NEW, () => updateIncidents(later, supervised));
  const toldAfter = resumed.length === 0 ? 0 : await tell();
  const supervision = {
    expired,
    opened: [...found.opened, ...after.opened],
    closed: [...found.closed, ...after.closed],
    told: told + toldAfter,
    resumed,
  };
  if (expired.length + supervision.opened.length + supervision.closed.length + resumed.length > 0) {
    log("warn", "supervision", { ...supervision });
  }
  return supervision;
}

const NOTHING_DONE: Supervision = { expired: [], opened: [], closed: [], told: 0, resumed: [] };

const NOTHING_NEW = { opened: [] as string[], closed: [] as string[] };

/** Looks at everything and brings the incidents in line with it, one process at a time. */
async function updateIncidents(
  { db, now, zone }: Invocation,
  { jobs, conditions: sources }: Supervised,
): Promise<typeof NOTHING_NEW> {
  const watches = await recordMissedOccurrences(db, jobs, now);
  const news = await transact(db, async (tx) => {
    await lockIncidents(tx);
    const conditions = await jobConditions(tx, jobs, watches, now, zone);
    for (const find of sources) conditions.push(...(await find(tx, now)));
    await recordOutage(tx, db, now);
    return reconcile(tx, conditions, now);
  });
  forgetOutage(db);
  return news;
}

async function guarded<T>(step: string, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    log("error", "supervision_failed", { step, error: describeError(error) });
    inBackground(reportError(error, { job: `supervision ${step}` }));
    return otherwise;
  }
}
