import { checkCalendars } from "../attendance/health.ts";
import { config } from "../config/config.ts";
import { database } from "../db/client.ts";
import type { Db } from "../db/db.ts";
import { pingRateLimitStore } from "../http/rate-limit/store.ts";
import type { JobRegistry } from "../jobs/registry.ts";
import { migrationsCurrent, responseTime, writable } from "./database.ts";
import { roomIn } from "./disk.ts";
import { type Check, type Finding, findingOf } from "./finding.ts";
import { mailServer } from "./mail-server.ts";
import { connectionsFree, poolingState, serverState } from "./server.ts";
import { jobsOverdue, jobsPaused, openIncidents, queueAge } from "./work.ts";

/** With the half second that counting the request may take, well below the three within which the whole answers. */
const LONGEST_MS = 2_200;

/** Everything that is looked at, side by side. */
function checksAt(jobs: JobRegistry, now: Date): Check[] {
  const inDatabase = (
    name: string,
    unknownStatus: Check["unknownStatus"],
    look: (db: Db) => Promise<Finding>,
  ): Check => ({
    name,
    limitMs: LONGEST_MS,
    unknownStatus,
    look: async () => look(await database()),
  });
  return [
    inDatabase("database:responseTime", "fail", responseTime),
    inDatabase("database:writable", "fail", writable),
    inDatabase("database:migrations", "fail", migrationsCurrent),
    inDatabase("database:server", "warn", serverState),
    inDatabase("database:pooling", "warn", poolingState),
    inDatabase("database:connections", "warn", connectionsFree),
    // What the database cannot tell of these is its own failure, and not theirs.
    inDatabase("mail:queueAge", "warn", (db) => queueAge(db, now)),
    inDatabase("jobs:overdue", "warn", (db) => jobsOverdue(db, jobs, now, config().timeZone)),
    inDatabase("jobs:paused", "warn", (db) => jobsPaused(db, now)),
    inDatabase("incidents:open", "warn", openIncidents),
    inDatabase("calendar:reading", "warn", checkCalendars),
    { name: "mail:server", limitMs: 2_000, unknownStatus: "warn", look: () => mailServer(now) },
    { name: "rateLimit:store", limitMs: 2_000, unknownStatus: "warn", look: rateLimitStore },
    { name: "tmp:room", limitMs: 1_000, unknownStatus: "warn", look: () => roomIn("/tmp") },
  ];
}

async function rateLimitStore(): Promise<Finding> {
  const store = await pingRateLimitStore();
  return { status: "pass", output: `counted in ${store}` };
}

/** What each check found, by its name. @param mostMs No check has longer, in milliseconds. */
export async function runChecks(jobs: JobRegistry, now: Date, mostMs = LONGEST_MS): Promise<Record<string, Finding>> {
  const findings = checksAt(jobs, now).map(async (check): Promise<[string, Finding]> => {
    return [check.name, await findingOf({ ...check, limitMs: Math.min(mostMs, check.limitMs) })];
  });
  return Object.fromEntries(await Promise.all(findings));
}
