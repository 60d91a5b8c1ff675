import type { Pool, PoolClient } from "pg";
import { Places } from "../admission/connection-shares.ts";
import { holdTo } from "../admission/statement-limits.ts";
import { type Work, workHere } from "../admission/work.ts";
import { isTransient, withRetry } from "../failures/retry.ts";
import { ofDatabase } from "../failures/unavailable.ts";

/**
 * One instance serves few requests at a time and many instances share one database (104 connections at Neon's
 * smallest size), so a pool stays small; idle connections close soon, so that a suspended instance holds none.
 */
export const POOL = { max: 5, idleTimeoutMillis: 5_000, connectionTimeoutMillis: 10_000 } as const;

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: PoolClient["release"]) => void;

/**
 * Makes a pool (of `pg`, or of Neon's driver, which has the same) outlive dropped connections: opening one wrote
 * nothing, so it is tried again; a statement that was sent is not. Shares its places out between kinds of work, and holds
 * each to its limits.
 */
export function hardenPool<P extends Pick<Pool, "connect" | "on" | "options">>(pool: P): P {
  const places = new Places(pool.options.max);
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const open = (work: Work, leave: () => void) =>
    connect().then(
      (client) => guarded(client, work, leave),
      (fault: unknown) => {
        throw ofDatabase(
          fault instanceof Error ? fault : new Error("the WebSocket to the database broke", { cause: fault }),
        );
      },
    );
  const place = async () => {
    const work = workHere();
    const leave = await places.take(work);
    return withRetry(() => open(work, leave), isTransient).catch((fault: unknown) => {
      leave();
      throw fault;
    });
  };
  pool.connect = ((callback?: Connected) => {
    const opened = place();
    if (callback === undefined) return opened;
    opened.then(
      (client) => callback(undefined, client, (fault) => client.release(fault)),
      (error: Error) => callback(error, undefined, () => {}),
    );
  }) as P["connect"];
  // This includes a connection that the server drops while it opens, before any code holds it.
  pool.on("connect", (client) => void client.on("error", () => {}));
  // An idle connection that the server drops leaves the pool; without a listener the event would end the process.
  pool.on("error", () => {});
  return pool;
}

/**
 * Makes a connection release itself if it is lost while in use. If it is lost during Drizzle's `begin`, no other code releases
 * it, and an error event without a listener would end the process. Releasing it twice does no harm.
 */
function guarded(client: PoolClient, { limits }: Work, leave: () => void): PoolClient {
  const release = client.release.bind(client);
  const stopHolding = holdTo(limits, client);
  let held = true;
  const letGo: PoolClient["release"] = (fault) => {
    if (!held) return;
    held = false;
    client.removeListener("error", letGo);
    const isUsable = stopHolding();
    release(fault ?? !isUsable);
    leave();
  };
  client.on("error", letGo);
  client.release = letGo;
  return client;
}
