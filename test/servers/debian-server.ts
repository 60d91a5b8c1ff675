import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { TestProject } from "vitest/node";
import { row } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createTemplate, freePort, roomy } from "./postgres.ts";

/** Where Debian's packages put each version of the server. */
const VERSIONS = "/usr/lib/postgresql";
const CLUSTER = "taktwerk";
/** As the handbook has it: no superuser. It may create databases, since each test has its own. */
const ROLE = "taktwerk";

/**
 * Starts a new cluster of Debian's `postgresql` package with the package's own `pg_createcluster`, by which its
 * installation makes the cluster "main". No setting of the server is changed; port, socket and files are its own, and
 * its configuration lies beside them, so that no other cluster of this machine is touched.
 * @throws Error where the package or its JIT is missing: without JIT these tests would prove nothing.
 */
export async function startDebianPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const version = newestVersion();
  const port = await freePort();
  const home = mkdtempSync(join(roomy(), "taktwerk-debian-"));
  chmodSync(home, 0o755); // where we are root, the server runs as another user
  // Debian's tools then look for configurations here instead of in /etc/postgresql, and leave systemd alone.
  const env = { ...process.env, PG_CLUSTER_CONF_ROOT: join(home, "etc") };
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { env, cwd: "/" }).toString();
  const stop = async () => {
    run("pg_dropcluster", "--stop", version, CLUSTER);
    rmSync(home, { recursive: true, force: true });
  };
  // The installer takes the machine's locale; a container often has "C", whose databases know no text but ASCII.
  const own = ["--locale=C.UTF-8", `--datadir=${home}/data`, `--socketdir=${home}/run`, `--logfile=${home}/log`];
  run("pg_createcluster", ...own, `--port=${port}`, version, CLUSTER);
  try {
    run("pg_ctlcluster", version, CLUSTER, "start");
    const createRole = `create role ${ROLE} login createdb password '${ROLE}'`;
    const psql = ["psql", "-q", "-h", `${home}/run`, "-p", String(port), "-d", "postgres", "-c", createRole];
    run(...((process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--", ...psql] : psql) as [string]));
    const url = `postgresql://${ROLE}:${ROLE}@127.0.0.1:${port}`;
    await requireJit(url);
    await createTemplate(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newestVersion(): string {
  const found = readdirSync(VERSIONS, { withFileTypes: true }).map(({ name }) => name);
  const [newest] = found.toSorted((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error(`${VERSIONS} is empty: apt-get install postgresql`);
  return newest;
}

async function requireJit(url: string): Promise<void> {
  const { db, close } = openPostgres(`${url}/postgres`);
  try {
    const { setting, available } = await row<{ setting: string; available: boolean }>(
      db,
      sql`select current_setting('jit') as setting, pg_jit_available() as available`,
    );
    if (setting === "on" && available) return;
    throw new Error(`expected a server with JIT as Debian ships it, got jit = ${setting}, available: ${available}`);
  } finally {
    await close();
  }
}

/** Vitest's global setup: one cluster as Debian makes it for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startDebianPostgres();
  project.provide("postgresUrl", server.url);
  return server.stop;
}
