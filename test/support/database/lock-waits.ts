import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../../lib/db/db.ts";

/**
 * Runs `first` in a transaction, starts `second` beside it, and commits as soon as `second` waits for a lock or has finished.
 * @returns what `second` returns, and the kind of lock it waited for (`advisory`, `transactionid`, …); undefined if it did not
 * wait.
 */
export async function meet<T>(
  db: Db,
  first: (tx: Db) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<{ result: T; waitedFor: string | undefined }> {
  const { running, waitedFor } = await transact(db, async (tx) => {
    await first(tx);
    let finished = false;
    const running = second().finally(() => {
      finished = true;
    });
    running.catch(() => {}); // thrown where it is awaited
    let waitedFor: string | undefined;
    while (!finished && waitedFor === undefined) {
      waitedFor = await findLockWait(db); // beside the transaction, in which pg_stat_activity does not change
      if (waitedFor === undefined) await sleep(5);
    }
    return { running: [running], waitedFor };
  });
  return { result: (await running[0]) as T, waitedFor };
}

async function findLockWait(db: Db): Promise<string | undefined> {
  const waits = await rows<{ kind: string }>(
    db,
    sql`select wait_event as kind from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waits[0]?.kind;
}
