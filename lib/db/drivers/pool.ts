import type { Pool, PoolClient } from "pg";
import { Places } from "../admission/connection-shares.ts";
import { holdTo } from "../admission/statement-limits.ts";
import { type Work, workHere } from "../admission/work.ts";
import { isTransient, withRetry } from "../failures/retry.ts";
import { ofDatabase } from "../failures/unavailable.ts";

/**
 * An instance serves few requests at a time, and many instances share one database (104 connections at Neon's smallest size),
 * so a pool is small. Idle connections close soon, so that a suspended instance keeps none.
 */
export const POOL = { max: 5, idleTimeoutMillis: 5_000, connectionTimeoutMillis: 10_000 } as const;

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: PoolClient["release"]) => void;

/**
 * Makes a pool of `pg` or of Neon's driver survive dropped connections. Opening a connection writes nothing, so it is tried
 * again; a statement that was sent is not. Also shares the pool's connections between kinds of work and applies their limits.
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
  // Also covers a connection that the server drops while it opens.
  pool.on("connect", (client) => void client.on("error", () => {}));
  // The pool removes an idle connection that the server drops. Without a listener this event would end the process.
  pool.on("error", () => {});
  return pool;
}

/**
 * Makes a connection that is lost while in use release itself: Drizzle does not release it if `begin` fails, and an error event
 * without a listener would end the process. Releasing twice has no effect.
 */
function guarded(client: PoolClient, { limits }: Work, leave: () => void): PoolClient {
  const release = client.release.bind(client);
  const stopHolding = holdTo(limits, client);
  let released = false;
  const releaseOnce: PoolClient["release"] = (fault) => {
    if (released) return;
    released = true;
    client.removeListener("error", releaseOnce);
    const isUsable = stopHolding();
    release(fault ?? !isUsable);
    leave();
  };
  client.on("error", releaseOnce);
  client.release = releaseOnce;
  return client;
}
