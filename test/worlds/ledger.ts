import { type Db, transact } from "../../lib/db/db.ts";
import { jobRuns } from "../../lib/jobs/schema.ts";
import { emailQueue } from "../../lib/mail/schema.ts";

/** Rows of the ledger and the queue with valid defaults: a test states only what matters to it. */

const MINUTE_MS = 60_000;

type NewRun = Partial<typeof jobRuns.$inferInsert> & { minutesAgo: number };

/** Puts runs on record, `minutesAgo` before `now`. */
export async function addRuns(db: Db, now: Date, ...added: NewRun[]): Promise<void> {
  const values = added.map(({ minutesAgo, ...run }): typeof jobRuns.$inferInsert => {
    const at = new Date(now.getTime() - minutesAgo * MINUTE_MS);
    return {
      jobName: "email-dispatch",
      scheduledFor: at,
      startedAt: at,
      completedAt: at,
      status: "completed",
      trigger: "cron",
      ...run,
    };
  });
  await db.insert(jobRuns).values(values);
}

type NewMail = Partial<typeof emailQueue.$inferInsert> & { minutesAgo?: number };

/** Puts mails into the queue, `minutesAgo` (0) before `now`. @returns their ids. */
export async function addMails(db: Db, now: Date, ...added: NewMail[]): Promise<number[]> {
  return transact(db, async (tx) => {
    const before = await tx.$count(emailQueue);
    const values = added.map(({ minutesAgo = 0, ...mail }, index) => {
      const at = new Date(now.getTime() - minutesAgo * MINUTE_MS);
      const name = `mail-${before + index}`;
      return {
        dedupeKey: name,
        recipient: `${name}@club.example`,
        subject: "Hallo",
        text: "Hallo",
        html: "<p>Hallo</p>",
        messageId: `<${name}@club.example>`,
        scheduledAt: at,
        createdAt: at,
        processedAt: mail.status === "failed" ? at : null,
        ...mail,
      };
    });
    const queued = await tx.insert(emailQueue).values(values).returning({ id: emailQueue.id });
    return queued.map(({ id }) => id);
  });
}
