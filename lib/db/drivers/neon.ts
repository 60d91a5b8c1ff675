import { neonConfig, Pool } from "@neondatabase/serverless";
import { attachDatabasePool } from "@vercel/functions/db-connections";
import { drizzle } from "drizzle-orm/neon-serverless";
import { workHere } from "../admission/work.ts";
import type { Connection } from "../connection.ts";
import type { Db } from "../db.ts";
import { withRetry } from "../failures/retry.ts";
import { neverRan } from "./neon-errors.ts";
import { hardenPool, POOL } from "./pool.ts";

/** Opens a database at Neon. Single statements go over HTTPS, transactions over a WebSocket. */
export function openNeon(url: string): Connection {
  neonConfig.poolQueryViaFetch = true;
  neonConfig.fetchFunction = fetchOnceSent;
  const pool = new Pool({ ...POOL, connectionString: url });
  hardenPool(pool as unknown as Parameters<typeof hardenPool>[0]);
  attachDatabasePool(pool as unknown as Parameters<typeof attachDatabasePool>[0]);
  // The driver stops using HTTP once its pool has listeners, because such statements fire no pool events. The listener
  // above concerns released connections only, so HTTP stays on.
  pool.hasFetchUnsupportedListeners = false;
  return { db: drizzle({ client: pool }) as unknown as Db, driver: "neon", close: () => pool.end() };
}

/**
 * Fetches, and tries again if no statement can have run: no connection was made, or Neon could not reach the database. After
 * the last attempt the driver gets Neon's response.
 */
async function fetchOnceSent(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const { limits } = workHere(); // Neon ends a statement when the request is aborted
  try {
    return await withRetry(
      async () => {
        const response = await fetch(input, {
          ...init,
          ...(limits && { signal: AbortSignal.timeout(limits.statementMs) }),
        });
        if (response.status !== 500 && response.status !== 503) return response;
        const body = await response.text(); // must be read completely before the connection can be used again
        const { status, headers } = response;
        const same = new Response(body, { status, headers });
        if (neverRan(status, body)) throw new Refused(same);
        return same;
      },
      (error) => error instanceof Refused || neverConnected(error),
    );
  } catch (error) {
    if (error instanceof Refused) return error.response;
    throw error;
  }
}

/** A response that says that Neon has not run the statement. */
class Refused extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`Neon answered ${response.status}`);
    this.response = response;
  }
}

const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && NEVER_CONNECTED.has(error.code)) return true;
  return neverConnected(error.cause);
}
