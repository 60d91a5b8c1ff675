import type { Db } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { log } from "../log.ts";
import { LEASE_MS, type Lease, renewLease } from "./ledger.ts";

/**
 * Renews leases three times within their length, and calls `onLost` when one is lost. A failed renewal is retried by the
 * next.
 */
export function heartbeat(
  { db, clock }: { db: Db; clock: () => number },
  runs: readonly Lease[],
  onLost: () => void,
): () => void {
  const timer = setInterval(() => {
    for (const lease of runs) {
      renewLease(db, lease, new Date(clock())).then(
        (kept) => kept || onLost(),
        (error: unknown) => log("warn", "heartbeat_failed", { runId: lease.id, error: describeError(error) }),
      );
    }
  }, LEASE_MS / 3);
  timer.unref();
  return () => clearInterval(timer);
}
