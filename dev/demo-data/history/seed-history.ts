import { sql } from "drizzle-orm";
import { auditLog } from "../../../lib/audit/schema.ts";
import { availabilityExceptions } from "../../../lib/booking/schema.ts";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { incidents, jobExecutions, jobRuns } from "../../../lib/jobs/schema.ts";
import { addressHash } from "../../../lib/mail/queue/suppressions.ts";
import { emailQueue, emailSuppressions } from "../../../lib/mail/schema.ts";
import { DAY_MS } from "../../../lib/time/durations.ts";
import { GONE, pastIncidents, pastMails } from "./faults.ts";
import { pastChanges, runsByHand } from "./operators.ts";
import { pastRuns } from "./past-runs.ts";

/** Rows of a statement, which has at most 65,535 parameters. */
const BATCH = 1_500;

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
    for (let from = 0; from < runs.length; from += BATCH)
      await tx.insert(jobRuns).values(runs.slice(from, from + BATCH));
    for (let from = 0; from < all.length; from += BATCH) {
      await tx.insert(jobExecutions).values(all.slice(from, from + BATCH));
    }
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
