import { asc } from "drizzle-orm";
import { configure, type Environment } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import { runOccurrence } from "../../../lib/jobs/occurrence.ts";
import { dispatch, MIN_TIME_LEFT_MS } from "../../../lib/mail/delivery/dispatch.ts";
import { type NewMail, queueMails } from "../../../lib/mail/queue/enqueue.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { invocation } from "../jobs/invoke-weekly.ts";

/** When the mails of the tests are queued. */
export const NOW = new Date("2026-02-09T06:00:00Z");

export const afterMinutes = (minutes: number, from = NOW): Date => new Date(from.getTime() + minutes * 60_000);

/** Configures a dispatcher for a server on this port. */
export function useServer(port: number, over: Environment = {}): void {
  configure({ SMTP_HOST: "127.0.0.1", SMTP_PORT: String(port), EMAIL_FROM: "Taktwerk <mail@club.example>", ...over });
}

/** A mail, valid unless a test says otherwise. */
export const mail = (key: string, over: Partial<NewMail> = {}): NewMail => ({
  dedupeKey: key,
  userId: null,
  recipient: `${key}@club.example`,
  subject: "Deine Wochenbilanz ist da!",
  text: "12 Punkte",
  html: "<p>12 Punkte</p>",
  unsubscribeUrl: null,
  ...over,
});

/** Queues mails that are due at once: the given ones, or a number of them. */
export async function queue(db: Db, mails: number | NewMail[], now = NOW): Promise<void> {
  const list = typeof mails === "number" ? Array.from({ length: mails }, (_, n) => mail(`m${n}`)) : mails;
  await queueMails(db, list, "club.example", now);
}

export const queued = (db: Db) => db.select().from(emailQueue).orderBy(asc(emailQueue.id));

let firings = 0;

/** A new occurrence at an instant. */
export function occurrenceAt(at: Date): Date {
  firings += 1;
  return new Date(at.getTime() + firings);
}

/**
 * Fires the dispatcher with a clock that stands still at `at`. It never waits, because it has just enough time for a batch.
 * @returns the counts of the run.
 */
export async function fireDispatch(
  db: Db,
  at = NOW,
  params: { limit?: number } = {},
  over: Partial<Invocation> = {},
  scheduledFor = occurrenceAt(at),
): Promise<Record<string, unknown>> {
  const deadline = at.getTime() + MIN_TIME_LEFT_MS + 100;
  const { outcome } = await runOccurrence(
    dispatch,
    params,
    scheduledFor,
    invocation(db, at.toISOString(), { deadline, ...over }),
  );
  if (outcome.status !== "completed") throw new Error(`expected a completed run, got ${JSON.stringify(outcome)}`);
  return outcome.result.counts;
}
