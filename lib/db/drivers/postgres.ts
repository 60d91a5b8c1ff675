import { attachDatabasePool } from "@vercel/functions/db-connections";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool, type PoolConfig } from "pg";
import type { Connection } from "../connection.ts";
import type { Db } from "../db.ts";
import { hardenPool, POOL } from "./pool.ts";

/** Any Postgres through `pg`, with a small pool. */
export function openPostgres(url: string, options: PoolConfig = {}): Connection {
  const pool = hardenPool(new Pool({ ...POOL, connectionString: url, ...options }));
  attachDatabasePool(pool);
  return { db: drizzle({ client: pool }) as unknown as Db, driver: "postgres", close: () => pool.end() };
}
