import { sql } from "drizzle-orm";
import { auditLog } from "../../../lib/audit/schema.ts";
import { availabilityExceptions } from "../../../lib/booking/schema.ts";
import { type Db, json, rows, transact } from "../../../lib/db/db.ts";
import { incidents, jobRuns } from "../../../lib/jobs/schema.ts";
import { addressHash } from "../../../lib/mail/queue/suppressions.ts";
import { emailQueue, emailSuppressions } from "../../../lib/mail/schema.ts";
import { DAY_MS } from "../../../lib/time/durations.ts";
import { GONE, pastIncidents, pastMails } from "./faults.ts";
import { pastChanges, runsByHand } from "./operators.ts";
import { type PastExecution, type PastRun, pastRuns } from "./past-runs.ts";

/**
 * Fills a database in which nothing ran with a month of runs, mails, incidents and changes, and closes a day of a provider that
 * has bookings.
 * @returns how many executions there are; undefined if a job has run in this database.
 */
export async function seedHistory(db: Db, now: Date, zone: string): Promise<number | undefined> {
  if ((await db.$count(jobRuns)) > 0) return undefined;
  const { runs, executions } = pastRuns(now);
  const all = [...executions, ...runsByHand(now, zone)];
  await transact(db, async (tx) => {
    await insertRuns(tx, runs);
    await insertExecutions(tx, all);
    await tx.insert(emailQueue).values(pastMails(now));
    await tx.insert(emailSuppressions).values({
      addressHash: sql`${addressHash(sql`${GONE}::text`)}`,
      reason: "550 5.1.1 mailbox unknown",
      createdAt: now,
    });
    await tx.insert(incidents).values(pastIncidents(now));
    await tx.insert(auditLog).values(pastChanges(now, zone));
    await closeBookedDay(tx, now);
  });
  await db.execute(sql`analyze job_runs, job_executions, email_queue, incidents, audit_log`);
  return all.length;
}

/** Thousands of rows as one parameter: the embedded database is slow with many parameters. */
async function insertRuns(tx: Db, runs: PastRun[]): Promise<void> {
  await rows(
    tx,
    sql`insert into job_runs (id, job_name, scheduled_for, started_at, completed_at, status, trigger, attempt, metadata)
      select id, "jobName", "scheduledFor", "startedAt", "completedAt", status, trigger, attempt, metadata
      from jsonb_to_recordset(${json(runs)}) as run (id uuid, "jobName" text, "scheduledFor" timestamptz,
        "startedAt" timestamptz, "completedAt" timestamptz, status text, trigger text, attempt int, metadata jsonb)`,
  );
}

async function insertExecutions(tx: Db, executions: PastExecution[]): Promise<void> {
  await rows(
    tx,
    sql`insert into job_executions (run_id, job_name, scheduled_for, trigger, actor_kind, actor_id, actor_name, parameters,
        dry_run, attempt, started_at, ended_at, outcome, counts, error, steps, log)
      select "runId", "jobName", "scheduledFor", trigger, "actorKind", "actorId", "actorName", coalesce(parameters, '{}'),
        coalesce("dryRun", false), coalesce(attempt, 1), "startedAt", "endedAt", outcome, counts, error,
        coalesce(steps, '[]'), coalesce(log, '[]')
      from jsonb_to_recordset(${json(executions)}) as execution ("runId" uuid, "jobName" text, "scheduledFor" timestamptz,
        trigger text, "actorKind" text, "actorId" text, "actorName" text, parameters jsonb, "dryRun" boolean, attempt int,
        "startedAt" timestamptz, "endedAt" timestamptz, outcome text, counts jsonb, error jsonb, steps jsonb, log jsonb)`,
  );
}

/** Closes the first day from tomorrow on for a provider who has bookings then: the conflict waits for an operator. */
async function closeBookedDay(tx: Db, now: Date): Promise<void> {
  const [booked] = await rows<{ providerId: string; date: string }>(
    tx,
    sql`select provider_id as "providerId", (starts_at at time zone timezone)::date::text as date
      from bookings where status in ('confirmed', 'pending') and starts_at > ${new Date(Number(now) + 1.5 * DAY_MS).toISOString()}::timestamptz
      group by 1, 2 having count(*) > 1 order by 2, 1 limit 1`,
  );
  if (booked === undefined) return;
  await tx
    .insert(availabilityExceptions)
    .values({ ...booked, kind: "closed", reason: "Krank" })
    .onConflictDoNothing();
}
