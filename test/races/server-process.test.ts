import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../lib/db/connection.ts";
import { row, rows } from "../../lib/db/db.ts";
import { ServeProcess } from "../support/children/serve-process.ts";
import { freshPostgres } from "../support/database/databases.ts";
import { addProvider, addService } from "../worlds/slots.ts";

const SECRET = "a-cron-secret-of-tests";

describe("npm run serve", () => {
  let connection: Connection & { url: string };
  let running: ServeProcess[] = [];
  beforeAll(async () => {
    connection = await freshPostgres();
  });
  afterAll(() => connection.close());
  afterEach(async () => {
    for (const one of running) one.kill("SIGKILL");
    await Promise.all(running.map(({ ended }) => ended));
    running = [];
  });

  const start = (settings: Record<string, string> = {}, source?: string) => {
    const given = { DATABASE_URL: connection.url, CRON_SECRET: SECRET, PORT: "0", ...settings };
    const one = new ServeProcess(given, source);
    running.push(one);
    return one;
  };
  const authorization = `Bearer ${SECRET}`;

  it("answers as the platform does: functions, their headers, and nothing of the sources", async () => {
    const url = await start().url();
    const health = await fetch(`${url}/api/health`);
    expect(health.headers.get("content-type")).toBe("application/health+json");
    expect(health.headers.get("x-frame-options")).toBe("DENY");
    expect(health.headers.get("ratelimit-limit")).toBe("300"); // it comes from an address
    for (const path of ["/package.json", "/lib/config.ts", "/../package.json", "/%2e%2e/package.json", "/.env"]) {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    }
    expect((await fetch(`${url}/api/events/weekly`)).status).toBe(401);
  });

  it("runs each occurrence once, however many processes fire it", async () => {
    const both = [start({}, "test/support/children/serve-crons.ts"), start({}, "test/support/children/serve-crons.ts")];
    const fired = (one: ServeProcess) => one.lines.filter(({ event }) => event === "cron_fired").length;
    await Promise.all(both.map((one) => one.line(() => fired(one) >= 4)));
    for (const one of both) one.kill("SIGKILL");
    await Promise.all(both.map(({ ended }) => ended));
    const ran = both.flatMap(({ lines }) => lines.filter(({ event }) => event === "job_run"));
    const occurrences = ran.map(({ scheduledFor }) => scheduledFor);
    expect(new Set(occurrences).size).toBe(occurrences.length);
    expect(occurrences.length).toBeGreaterThanOrEqual(3);
    expect(ran.every(({ trigger, attempt }) => trigger === "cron" && attempt === 1)).toBe(true);
  });

  it("goes on with its crons after many wrong tokens from its own address, and lets the right ones in", async () => {
    const ADMIN_TOKEN = "an-admin-token-of-tests";
    const one = start({ ADMIN_TOKEN }, "test/support/children/serve-crons.ts");
    const { url: cronUrl } = await one.line(({ event }) => event === "listening");
    const ask = async (path: string, token: string) =>
      (await fetch(`${cronUrl}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
    for (const path of ["/api/v1/track/process", "/api/admin/runs"]) {
      const statuses = [];
      for (let n = 0; n < 32; n += 1) statuses.push(await ask(path, "wrong"));
      expect(statuses).toEqual([...Array<number>(30).fill(401), 429, 429]);
    }
    const fired = () => one.lines.filter(({ event }) => event === "cron_fired");
    const before = fired().length;
    await one.line(() => fired().length >= before + 3);
    expect(fired().map(({ status }) => status)).toEqual(fired().map(() => 200));
    expect(await ask("/api/v1/track/process", SECRET)).toBe(200);
    expect(await ask("/api/admin/runs", ADMIN_TOKEN)).toBe(200);
  });

  it("pauses its runs for other processes when it is told to end, answers open requests, and ends with code 0", async () => {
    const { db } = connection;
    for (let n = 0; n < 60; n += 1) {
      const providerId = await addProvider(db, { id: `provider-${n}` });
      await addService(db, { id: `service-${n}`, providerId });
    }
    const one = start({ BATCH_SIZE: "1" });
    const asked = fetch(`${await one.url()}/api/events/slots`, { method: "POST", headers: { authorization } });
    await untilBegun();
    one.kill("SIGTERM");
    expect((await asked).status).toBe(202);
    expect(await one.ended).toBe(0);
    expect(one.lines.at(-1)).toMatchObject({ event: "stopped" });
    const parked = await row<{ status: string; done: number; total: number }>(
      db,
      sql`select status, (metadata->'progress'->>'done')::int as done, (metadata->'progress'->>'total')::int as total
        from job_runs where job_name = 'slot-maintenance'`,
    );
    expect(parked.status).toBe("pending");
    expect(parked.done).toBeLessThan(parked.total);

    const other = start();
    // Any tick of any job goes on with it.
    await fetch(`${await other.url()}/api/events/emails/dispatch`, { headers: { authorization } });
    await other.line(({ event, job }) => event === "job_run" && job === "slot-maintenance");
    expect(await rows(db, sql`select status from job_runs where job_name = 'slot-maintenance'`)).toEqual([
      { status: "completed" },
    ]);
  });

  async function untilBegun(): Promise<void> {
    for (;;) {
      const begun = await rows(
        connection.db,
        sql`select from job_runs where job_name = 'slot-maintenance' and metadata ? 'progress'`,
      );
      if (begun.length > 0) return;
    }
  }

  it.each([
    [{ CRON_SECRET: "" }, "CRON_SECRET: expected to be set, got nothing"],
    [{ DATABASE_URL: "" }, "DATABASE_URL: expected to be set, got nothing"],
    [{ PORT: "x" }, "PORT: expected a whole number from 0 to 65535"],
    [{ TRUSTED_PROXIES: "10.0.0.0/33" }, "TRUSTED_PROXIES: expected addresses or networks"],
  ])("refuses to start with %j, with exit code 2 and a sentence", async (settings, sentence) => {
    const one = start(settings);
    expect(await one.ended).toBe(2);
    expect(one.errors.join("\n")).toContain(sentence);
  });
});
