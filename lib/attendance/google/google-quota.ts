import { randomUUID } from "node:crypto";
import { instantOf, row, rows } from "../../db/db.ts";
import { type SharedRate, settleWith, takeFrom } from "../../db/rate-grants.ts";
import type { Progress, RunContext } from "../../jobs/job.ts";

/** At most 180 requests to Google in any 60 s, over all instances (domain, section 7). */
const RATE: SharedRate = { table: "calendar_rate", perMinute: 180 };

/** Longer than any request takes: a process that is gone holds its place for so long. */
export const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Makes one request to Google, within the shared rate: waits for its turn as long as this invocation may go on.
 * @param layDown Ends this invocation, where its time is up before its turn comes.
 */
export async function withinQuota<T>(
  context: Pick<RunContext<Progress>, "lasting" | "time" | "timeLeft" | "signal" | "wait">,
  layDown: () => Promise<never>,
  request: () => Promise<T>,
): Promise<T> {
  const { lasting, time, wait } = context;
  const token = randomUUID();
  for (;;) {
    if (context.timeLeft() <= 0 || context.signal.aborted) await layDown();
    const now = time();
    const leaseUntil = new Date(now.getTime() + REQUEST_TIMEOUT_MS);
    const granted = await row<{ allowed: number; next_at: string }>(lasting, takeFrom(RATE, token, 1, now, leaseUntil));
    if (granted.allowed > 0) break;
    await wait(Number(instantOf(granted.next_at)) - now.getTime());
  }
  try {
    return await request();
  } finally {
    await rows(lasting, settleWith(RATE, token, 1, time()));
  }
}
