import type { Pool, PoolClient } from "pg";
import { isTransient, withRetry } from "./retry.ts";

/**
 * One instance serves few requests at a time and many instances share one database (104 connections at Neon's
 * smallest size), so a pool stays small; idle connections close soon, so that a suspended instance holds none.
 */
export const POOL = { max: 5, idleTimeoutMillis: 5_000, connectionTimeoutMillis: 10_000 } as const;

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: PoolClient["release"]) => void;

/**
 * Makes a pool (of `pg`, or of Neon's driver, which has the same) outlive dropped connections: opening one wrote
 * nothing, so it is tried again; a statement that was sent is not.
 */
export function hardenPool<P extends Pick<Pool, "connect" | "on">>(pool: P): P {
  const open = pool.connect.bind(pool) as () => Promise<PoolClient>;
  pool.connect = ((callback?: Connected) => {
    const opened = withRetry(open, isTransient);
    if (callback === undefined) return opened;
    opened.then(
      (client) => callback(undefined, client, (fault) => client.release(fault)),
      (error: Error) => callback(error, undefined, () => {}),
    );
  }) as P["connect"];
  // A connection that the server drops says so by an event, which without a listener would end the process: an idle
  // one leaves the pool, one in a transaction fails the transaction's next statement.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
