import { randomUUID } from "node:crypto";
import { instantOf, row, rows } from "../../db/db.ts";
import { type SharedRate, settleWith, takeFrom } from "../../db/rate-grants.ts";
import type { Progress, RunContext } from "../../jobs/job.ts";

/** All instances together make at most 180 requests to Google in any 60 s (docs/domain.md, section 7). */
const RATE: SharedRate = { table: "calendar_rate", perMinute: 180 };

/** The timeout of one request. A process that died keeps its place in the quota for so long. */
export const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Makes one request to Google within the shared quota. Waits until the quota allows it.
 * @param pauseRun Ends this invocation. It is called when the time is up before the quota allows the request.
 */
export async function withinQuota<T>(
  context: Pick<RunContext<Progress>, "lasting" | "time" | "timeLeft" | "signal" | "wait">,
  pauseRun: () => Promise<never>,
  request: () => Promise<T>,
): Promise<T> {
  const { lasting, time, wait } = context;
  const token = randomUUID();
  for (;;) {
    if (context.timeLeft() <= 0 || context.signal.aborted) await pauseRun();
    const now = time();
    const leaseUntil = new Date(now.getTime() + REQUEST_TIMEOUT_MS);
    const grant = await row<{ allowed: number; next_at: string }>(lasting, takeFrom(RATE, token, 1, now, leaseUntil));
    if (grant.allowed > 0) break;
    await wait(Number(instantOf(grant.next_at)) - now.getTime());
  }
  try {
    return await request();
  } finally {
    await rows(lasting, settleWith(RATE, token, 1, time()));
  }
}
