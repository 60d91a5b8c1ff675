import type { Pool, PoolClient } from "pg";
import { config } from "../../config/config.ts";
import { type Db, oneConnection } from "../db.ts";

/** What stands between this process and its server. */
export type Pooling = "embedded" | "direct" | "session" | "transaction";

/** A pooler that hands one server connection from client to client shows it within so many tries. */
const ROUNDS = 4;

/** How this instance's database is reached. */
export function poolingOf(db: Db): Promise<Pooling> {
  const { databaseUrl } = config();
  return detectPooling(db, databaseUrl === undefined ? undefined : new URL(databaseUrl).hostname);
}

/**
 * Finds out whether there is a pooler, and its mode. A pooler gives its clients process ids of its own making, so a
 * connection that knows its server by another id than the server itself does goes through one. In session mode a client
 * keeps its server connection; in transaction mode two clients that take turns meet on the same one, or one of them on
 * several. Neon's proxy answers for its hosts, whose names say which are pooled.
 * @param host The database's, where one is set.
 */
export async function detectPooling(db: Db, host: string | undefined): Promise<Pooling> {
  if (oneConnection.has(db)) return "embedded";
  if (host?.endsWith(".neon.tech")) return /-pooler\./.test(host) ? "transaction" : "direct";
  const { $client: pool } = db as unknown as { $client: Pool };
  const one = await pool.connect();
  try {
    const { processID: told } = one as unknown as { processID: number };
    return (await serverOf(one)) === told ? "direct" : await modeOf(pool, one);
  } finally {
    one.release();
  }
}

async function modeOf(pool: Pool, one: PoolClient): Promise<"session" | "transaction"> {
  const other = await pool.connect();
  try {
    const first = await serverOf(one);
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await serverOf(other)) === first || (await serverOf(one)) !== first) return "transaction";
    }
    return "session";
  } finally {
    other.release();
  }
}

async function serverOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const [found] = rows;
  if (found === undefined) throw new Error("expected the id of the server's process, got none");
  return found.pid;
}
