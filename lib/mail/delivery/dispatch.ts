import { randomUUID } from "node:crypto";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { whole } from "../../http/fields.ts";
import { MAX_ATTEMPTS } from "../../jobs/backoff.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../../jobs/job.ts";
import { claimMails, type Outcome, recordOutcomes } from "../queue/queue-claims.ts";
import { countWaitingMails, failAbandonedMails, requeueUnreachedMails } from "../queue/recover.ts";
import { sender } from "../sender.ts";
import { sendBatch } from "./send-batch.ts";
import { SmtpConnection } from "./smtp-connection.ts";
import { SmtpPool } from "./smtp-pool.ts";

interface Parameters {
  /** How many mails this run sends at most. */
  limit?: number | undefined;
}

/** The job that sends the due mails of the queue (docs/domain.md, section 4). */
export const dispatch: OccurrenceJob<Progress, Parameters> = {
  name: "email-dispatch",
  command: "dispatch",
  path: "/api/events/emails/dispatch",
  summary: "Sends the due mails of the queue.",
  parameters: z.strictObject({ limit: whole(1, 10_000).optional() }),
  result: z.object({
    processed: z.int().meta({ description: "The mails that the mail server accepted." }),
    retrying: z.int(),
    failed: z.int(),
    skipped: z.int().meta({ description: "Mails that are not sent, for example because the user has no address." }),
    remaining: z.int().meta({ description: "The mails that are due now." }),
    unreachable: z.string().optional().meta({ description: "Why no mail reached the mail server." }),
  }),
  run: runDispatch,
};

/** While one batch is being sent on all connections, the others claim and record. */
const PARALLEL_BATCHES = 3;
const MAX_BATCH_SIZE = 25;
/** No batch starts with less time left: it may wait for the connections of another batch first, and both take time. */
export const MIN_TIME_LEFT_MS = 130_000;
/** How many unreached mails are queued again at once when the server is back. */
const MAX_REQUEUED = 10_000;

interface Run {
  context: RunContext<Progress>;
  pool: SmtpPool;
  /** Mails claimed and sent together. A larger batch needs fewer statements, so connections wait less for the database. */
  batchSize: number;
  ratePerMinute: number | undefined;
  /** How many mails the run may still claim. */
  remainingLimit: number;
  counts: { processed: number; retrying: number; failed: number; skipped: number };
  /** The error of a batch in which no mail reached the server. */
  unreachable: string | undefined;
}

async function runDispatch(context: RunContext<Progress>, { limit }: Parameters): Promise<RunResult> {
  const { smtp, mail } = config();
  if (smtp === undefined) throw new AppError("not-configured", "SMTP_HOST: expected a mail server's name, got none");
  sender(); // throws if no sender is configured, before a mail is claimed
  const run: Run = {
    context,
    pool: new SmtpPool(Array.from({ length: smtp.connections }, () => new SmtpConnection(smtp))),
    batchSize: Math.min(MAX_BATCH_SIZE, smtp.connections),
    ratePerMinute: mail.ratePerMinute,
    remainingLimit: limit ?? mail.dispatchLimit,
    counts: { processed: 0, retrying: 0, failed: 0, skipped: 0 },
    unreachable: undefined,
  };
  const { db, time } = context;
  const startedAt = time();
  context.step("recover-mails");
  const abandoned = await failAbandonedMails(db, MAX_ATTEMPTS, startedAt);
  // With an empty queue, one unreached mail tests whether the server is back.
  if ((await countWaitingMails(db, startedAt)) === 0) await requeueUnreachedMails(db, startedAt, 1, startedAt);
  context.step("send-mails");
  const results = await Promise.allSettled(Array.from({ length: PARALLEL_BATCHES }, () => sendBatches(run)));
  run.pool.close();
  for (const result of results) if (result.status === "rejected") throw result.reason;
  if (run.counts.processed > 0) await requeueUnreachedMails(db, time(), MAX_REQUEUED, startedAt);
  context.step("count-waiting");
  const remaining = await countWaitingMails(db, time());
  const { counts, unreachable } = run;
  return {
    counts: { ...counts, failed: counts.failed + abandoned, remaining, ...(unreachable && { unreachable }) },
  };
}

async function sendBatches(run: Run): Promise<void> {
  const { db, time, timeLeft, signal, wait } = run.context;
  while (run.remainingLimit > 0 && run.unreachable === undefined && timeLeft() > MIN_TIME_LEFT_MS && !signal.aborted) {
    const size = Math.min(run.batchSize, run.remainingLimit);
    run.remainingLimit -= size; // reserved before the first await: the other loops of this run share the limit
    const token = randomUUID();
    const { mails, nextAt } = await claimMails(db, token, size, run.ratePerMinute, time());
    run.remainingLimit += size - mails.length;
    if (mails.length > 0) {
      const outcomes = await sendBatch(db, token, mails, run.pool, () => run.counts.processed > 0, time);
      await recordOutcomes(db, token, outcomes, run.ratePerMinute, time());
      countOutcomes(run, outcomes);
      continue;
    }
    const untilNext = nextAt === undefined ? undefined : Number(nextAt) - Number(time());
    if (untilNext === undefined || untilNext > timeLeft() - MIN_TIME_LEFT_MS) return;
    await wait(untilNext);
  }
}

function countOutcomes(run: Run, outcomes: Outcome[]): void {
  for (const { status } of outcomes) run.counts[status === "sent" ? "processed" : status] += 1;
  const attempted = outcomes.filter(({ status }) => status !== "skipped");
  if (attempted.length > 0 && attempted.every(({ failure }) => failure === "connection")) {
    run.unreachable = attempted[0]?.error ?? "";
  }
}
