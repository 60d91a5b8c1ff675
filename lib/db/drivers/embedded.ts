import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { drizzle } from "drizzle-orm/pglite";
import { AppError } from "../../errors.ts";
import type { Connection } from "../connection.ts";
import { type Db, oneConnection } from "../db.ts";
import { migrate, type OnApplied } from "../migrations/migrate.ts";

/**
 * Opens the embedded database for local work: Postgres in this process with its files in `directory`. Applies the migrations.
 * @throws AppError `conflict` if another process has it open, because two processes would corrupt it.
 */
export async function openEmbedded(directory: string, onMigrated?: OnApplied): Promise<Connection> {
  const unlock = lock(directory);
  const { db, close } = await openPglite({ dataDir: join(directory, "pglite") }, onMigrated);
  return { db, driver: "pglite", close: () => close().finally(unlock) };
}

/** Opens Postgres in this process, from a directory, a dump, or empty in memory. Applies the migrations. */
export async function openPglite(
  from: { dataDir?: string; loadDataDir?: Blob } = {},
  onMigrated?: OnApplied,
): Promise<Connection> {
  const client = await PGlite.create({ ...from, extensions: { btree_gist } });
  const db = drizzle({ client }) as unknown as Db;
  oneConnection.add(db);
  await migrate(db, onMigrated);
  return { db, driver: "pglite", close: () => client.close() };
}

/** Creates a lock file with this process's id. The file of a process that no longer runs is replaced. */
function lock(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "lock");
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder !== process.pid && isAlive(holder)) {
      throw new AppError(
        "conflict",
        `the embedded database in ${directory} is in use by process ${holder} (npm start?): stop it first, ` +
          "call that process over HTTP, or set DATABASE_URL",
      );
    }
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // it runs, but under another user
  }
}
