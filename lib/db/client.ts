import { config } from "../config/config.ts";
import { AppError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import type { Db } from "./db.ts";

/**
 * Opens a database by its URL: a Neon host through Neon's driver, any other Postgres through `pg`, none at all through
 * PGlite in `.data/`. Each driver is imported only when it is the one that serves. No connection is made yet.
 * @throws AppError `misconfigured` on Vercel without a URL, where an embedded database could not last.
 */
export async function connect(url: string | undefined): Promise<Connection> {
  if (url === undefined) {
    if (config().onVercel)
      throw new AppError("misconfigured", "DATABASE_URL (or POSTGRES_URL): expected a Postgres URL, got none");
    const { openEmbedded } = await import("./drivers/embedded.ts");
    return openEmbedded(".data");
  }
  if (new URL(url).hostname.endsWith(".neon.tech")) return (await import("./drivers/neon.ts")).openNeon(url);
  return (await import("./drivers/postgres.ts")).openPostgres(url);
}

let shared: Promise<Connection> | undefined;

/** The database of this instance, opened at first use and kept while the instance is warm. */
export async function database(): Promise<Db> {
  shared ??= connect(config().databaseUrl).catch((error: unknown) => {
    shared = undefined; // a failed opening is not remembered
    throw error;
  });
  return (await shared).db;
}

/** Runs a statement as a library writes it, with numbered parameters, on this instance's database. */
export async function queryRaw(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
  const { $client } = (await database()) as unknown as { $client: { query: typeof queryRaw } };
  return $client.query(text, values);
}

/** Makes a connection this instance's own: the local run and tests bring theirs. */
export function useConnection(connection: Connection): void {
  shared = Promise.resolve(connection);
}

/** Closes this instance's database, if one was opened. */
export async function closeDatabase(): Promise<void> {
  const opened = shared;
  shared = undefined;
  await (await opened)?.close();
}
