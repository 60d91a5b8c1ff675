import type { Pool, PoolClient } from "pg";
import { config } from "../../config/config.ts";
import { type Db, oneConnection } from "../db.ts";

/** How this process is connected to its database server. */
export type Pooling = "embedded" | "direct" | "session" | "transaction";

/** The number of comparisons after which a pooler counts as one in session mode. */
const ROUNDS = 4;

/** Finds out how this instance is connected to its database. */
export function poolingOf(db: Db): Promise<Pooling> {
  const { databaseUrl } = config();
  return detectPooling(db, databaseUrl === undefined ? undefined : new URL(databaseUrl).hostname);
}

/**
 * Finds out whether there is a pooler, and its mode. A pooler gives its clients invented process ids, so it is present if the
 * id that a client got differs from the id that the server reports. In session mode a client keeps its server connection. In
 * transaction mode two clients that take turns get the same server connection, or one client gets several. At Neon the name of
 * the host says whether it is pooled.
 * @param host The host of the database, if one is set.
 */
export async function detectPooling(db: Db, host: string | undefined): Promise<Pooling> {
  if (oneConnection.has(db)) return "embedded";
  if (host?.endsWith(".neon.tech")) return /-pooler\./.test(host) ? "transaction" : "direct";
  const { $client: pool } = db as unknown as { $client: Pool };
  const client = await pool.connect();
  try {
    const { processID } = client as unknown as { processID: number };
    return (await serverOf(client)) === processID ? "direct" : await modeOf(pool, client);
  } finally {
    client.release();
  }
}

async function modeOf(pool: Pool, client: PoolClient): Promise<"session" | "transaction"> {
  const other = await pool.connect();
  try {
    const first = await serverOf(client);
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await serverOf(other)) === first || (await serverOf(client)) !== first) return "transaction";
    }
    return "session";
  } finally {
    other.release();
  }
}

/** The process id of the server's end of a connection. */
async function serverOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const [backend] = rows;
  if (backend === undefined) throw new Error("expected the id of the server's process, got none");
  return backend.pid;
}
