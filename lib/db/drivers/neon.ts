import { neonConfig, Pool } from "@neondatabase/serverless";
import { attachDatabasePool } from "@vercel/functions/db-connections";
import { drizzle } from "drizzle-orm/neon-serverless";
import { workHere } from "../admission/work.ts";
import type { Connection } from "../connection.ts";
import type { Db } from "../db.ts";
import { withRetry } from "../failures/retry.ts";
import { neverRan } from "./neon-errors.ts";
import { hardenPool, POOL } from "./pool.ts";

/** Neon: single statements over HTTPS, transactions over a WebSocket. */
export function openNeon(url: string): Connection {
  neonConfig.poolQueryViaFetch = true;
  neonConfig.fetchFunction = fetchOnceSent;
  const pool = new Pool({ ...POOL, connectionString: url });
  hardenPool(pool as unknown as Parameters<typeof hardenPool>[0]);
  attachDatabasePool(pool as unknown as Parameters<typeof attachDatabasePool>[0]);
  // The driver stops using HTTP when its pool has listeners, because statements over HTTP fire no pool events. The
  // listener set above only concerns released connections, so it needs none of these events.
  pool.hasFetchUnsupportedListeners = false;
  return { db: drizzle({ client: pool }) as unknown as Db, driver: "neon", close: () => pool.end() };
}

/**
 * Tries again if no statement can have run: the connection failed, or Neon responds that it could not reach the database.
 * The response to the last try goes to the driver.
 */
async function fetchOnceSent(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const { limits } = workHere(); // Neon ends a statement when its HTTP request is aborted
  try {
    return await withRetry(
      async () => {
        const response = await fetch(input, {
          ...init,
          ...(limits && { signal: AbortSignal.timeout(limits.statementMs) }),
        });
        if (response.status !== 500 && response.status !== 503) return response;
        const body = await response.text(); // read to its end, so that the connection can be used again
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

/** An answer by which Neon has not run the statement. */
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
