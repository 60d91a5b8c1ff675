import type { Connection } from "../../../lib/db/connection.ts";
import type { Db } from "../../../lib/db/db.ts";

/** When a process kills itself: before its n-th commit, or after its n-th step. */
export interface Death {
  moment: "before" | "after";
  nth: number;
}

/** The signal needs a turn to arrive. */
async function die(): Promise<void> {
  process.kill(process.pid, "SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** Lets this process die at a moment of a run on a connection. @returns what the run has to call after each step. */
export function dieAt({ db }: Connection, { moment, nth }: Death): () => void {
  let commits = 0;
  let steps = 0;
  const begin = db.transaction.bind(db);
  db.transaction = ((work: (tx: Db) => Promise<unknown>) =>
    begin(async (tx) => {
      const result = await work(tx);
      commits += 1;
      if (moment === "before" && commits === nth) await die();
      return result;
    })) as typeof db.transaction;
  return () => {
    steps += 1;
    if (moment === "after" && steps === nth) process.kill(process.pid, "SIGKILL");
  };
}
