import { randomUUID } from "node:crypto";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { whole } from "../../http/fields.ts";
import { MAX_ATTEMPTS } from "../../jobs/backoff.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../../jobs/job.ts";
import { claimMails, countWaiting, reviveUnreached, settleAbandoned, settleMails } from "../queue/queue-claims.ts";
import { sender } from "../sender.ts";
import type { Settlement } from "./outcome.ts";
import { sendBatch } from "./send-batch.ts";
import { Lane } from "./smtp-connection.ts";
import { LanePool } from "./smtp-pool.ts";

interface Parameters {
  /** How many mails this run takes at most. */
  limit?: number | undefined;
}

/** Sends what waits in the queue (domain, section 4). */
export const dispatch: OccurrenceJob<Progress, Parameters> = {
  name: "email-dispatch",
  command: "dispatch",
  path: "/api/events/emails/dispatch",
  summary: "Sends mails of the queue that are due.",
  parameters: z.strictObject({ limit: whole(1, 10_000).optional() }),
  run: sendDue,
};

/** One is being sent, on all connections, while the bookkeeping of the others is done. */
const BATCHES = 3;
const LARGEST_BATCH = 25;
/** No new batch in the last moments: it may wait for another's connections, and both take their time. */
export const ENOUGH_MS = 130_000;
/** A server that is back gets all that it missed, this many at a time. */
const REVIVED_AT_ONCE = 10_000;

interface Run {
  context: RunContext<Progress>;
  lanes: LanePool;
  /** Mails that are taken, and sent, together: the fewer statements, the less the connections wait for the database. */
  batch: number;
  ratePerMinute: number | undefined;
  /** How many mails may still be taken. */
  left: number;
  counts: { processed: number; retrying: number; failed: number; skipped: number };
  /** What the server, or the way to it, said when a whole batch met nothing else. */
  unreachable: string | undefined;
}

async function sendDue(context: RunContext<Progress>, { limit }: Parameters): Promise<RunResult> {
  const { smtp, mail } = config();
  if (smtp === undefined) throw new AppError("not-configured", "SMTP_HOST: expected a mail server's name, got none");
  sender(); // says what is missing before anything is taken
  const run: Run = {
    context,
    lanes: new LanePool(Array.from({ length: smtp.connections }, () => new Lane(smtp))),
    batch: Math.min(LARGEST_BATCH, smtp.connections),
    ratePerMinute: mail.ratePerMinute,
    left: limit ?? mail.dispatchLimit,
    counts: { processed: 0, retrying: 0, failed: 0, skipped: 0 },
    unreachable: undefined,
  };
  const { db, time } = context;
  const startedAt = time();
  const abandoned = await settleAbandoned(db, MAX_ATTEMPTS, startedAt);
  if ((await countWaiting(db, startedAt)) === 0) await reviveUnreached(db, startedAt, 1, startedAt);
  const sent = await Promise.allSettled(Array.from({ length: BATCHES }, () => sendBatches(run)));
  run.lanes.close();
  for (const part of sent) if (part.status === "rejected") throw part.reason;
  if (run.counts.processed > 0) await reviveUnreached(db, time(), REVIVED_AT_ONCE, startedAt);
  const remaining = await countWaiting(db, time());
  const { counts, unreachable } = run;
  return {
    counts: { ...counts, failed: counts.failed + abandoned, remaining, ...(unreachable && { unreachable }) },
  };
}

async function sendBatches(run: Run): Promise<void> {
  const { db, time, timeLeft, signal, wait } = run.context;
  while (run.left > 0 && run.unreachable === undefined && timeLeft() > ENOUGH_MS && !signal.aborted) {
    const size = Math.min(run.batch, run.left);
    run.left -= size; // before the others of this run look
    const token = randomUUID();
    const { mails, nextAt } = await claimMails(db, token, size, run.ratePerMinute, time());
    run.left += size - mails.length;
    if (mails.length > 0) {
      const settled = await sendBatch(db, token, mails, run.lanes, () => run.counts.processed > 0, time);
      await settleMails(db, token, settled, run.ratePerMinute, time());
      count(run, settled);
      continue;
    }
    const untilNext = nextAt === undefined ? undefined : Number(nextAt) - Number(time());
    if (untilNext === undefined || untilNext > timeLeft() - ENOUGH_MS) return;
    await wait(untilNext);
  }
}

function count(run: Run, settled: Settlement[]): void {
  for (const { status } of settled) run.counts[status === "sent" ? "processed" : status] += 1;
  const tried = settled.filter(({ status }) => status !== "skipped");
  if (tried.length > 0 && tried.every(({ failure }) => failure === "connection")) {
    run.unreachable = tried[0]?.error ?? "";
  }
}
