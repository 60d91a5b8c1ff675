import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { JOBS } from "../../lib/app/registry.ts";
import { configure, type Environment } from "../../lib/config/config.ts";
import { closeDatabase, database } from "../../lib/db/client.ts";
import { rows } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { runChecks } from "../../lib/health/checks.ts";
import { smtpSink } from "../fakes/smtp-sink.ts";
import { tcpRelay, through, type Watch } from "../fakes/tcp-relay.ts";
import { createDatabase } from "../support/database/databases.ts";
import { GET } from "../support/http/api.ts";
import { type Checks, having, healthySettings } from "../support/http/health.ts";
import { call } from "../support/http/requests.ts";

/** Health while the database is away, slow, silent, read-only or behind, each for real. */

describe("health without a database that is well", () => {
  let url: string;
  let settings: Environment;
  beforeAll(async () => {
    url = await createDatabase();
  });
  beforeEach(async () => {
    const sink = await smtpSink();
    onTestFinished(() => sink.close());
    settings = await healthySettings(sink.port);
  });
  afterEach(closeDatabase);

  const ask = () => call<{ status: string; checks: Checks }>(GET, "/api/health");
  const serveFrom = (databaseUrl: string) => configure({ ...settings, DATABASE_URL: databaseUrl });

  /** The database behind a relay, open until the test is over. */
  async function relayed(watch: { fromServer: Watch }) {
    const relay = await tcpRelay(url, watch);
    await relay.open();
    onTestFinished(() => relay.close());
    serveFrom(through(relay, url));
    return relay;
  }

  it("fails if the port is closed, names the database, and counts nothing else as failed", async () => {
    serveFrom("postgresql://user:hidden-password@127.0.0.1:1/nothing");
    const answer = await ask();
    expect(answer).toMatchObject({ status: 503, body: { status: "fail" } });
    expect(having(answer.body.checks, "fail")).toEqual([
      "database:responseTime",
      "database:writable",
      "database:migrations",
    ]);
    // Connecting is tried again for a while, which on a busy machine may take longer than there is time for.
    const output = expect.stringMatching(/^ECONNREFUSED: the log has more$|^no answer within \d+ ms$/);
    expect(answer.body.checks["database:responseTime"]).toMatchObject([{ output }]);
    expect(answer.body.checks["mail:queueAge"]).toMatchObject([{ status: "warn" }]);
    expect(JSON.stringify(answer.body)).not.toContain("hidden");
    expect(await call(GET, "/api/health", { token: null })).toMatchObject({
      status: 503,
      body: { status: "fail" },
    });
    const auth_functions_available = { track_site_event: false };
    expect(await call(GET, "/health/db", { token: null })).toMatchObject({
      status: 503,
      body: { status: "fail", database: "unavailable", auth_functions_available },
    });
  });

  it("fails if the database accepts connections and never responds", async () => {
    const relay = await relayed({ fromServer: () => "keep" });
    const answer = await ask(); // does not end where it waits for the database
    await relay.close();
    expect(answer.status).toBe(503);
    expect(answer.body.checks["database:responseTime"]).toMatchObject([
      { status: "fail", output: expect.stringMatching(/^no answer within \d+ ms$/) },
    ]);
  });

  it("fails if the database stops responding between two statements, and passes when it responds again", async () => {
    let silent = false;
    const relay = await relayed({ fromServer: () => (silent ? "keep" : undefined) });
    expect((await ask()).status).toBe(200);
    silent = true;
    const findings = await runChecks(JOBS, new Date(), 300);
    expect(findings["database:responseTime"]).toEqual({ status: "fail", output: "no answer within 300 ms" });
    silent = false;
    relay.cut();
    await expect.poll(async () => (await ask()).status).toBe(200);
  });

  it("warns of a slow database, and fails if it exceeds the time limit", async () => {
    let delay = 0;
    await relayed({ fromServer: () => delay });
    expect((await ask()).body).toMatchObject({ status: "pass" });
    delay = 600;
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, body: { status: "warn" } });
    const [finding] = answer.body.checks["database:responseTime"]!;
    expect(finding).toMatchObject({ status: "warn", output: expect.stringContaining("smallest of statements") });
    expect(finding?.observedValue).toBeGreaterThan(500);
    const findings = await runChecks(JOBS, new Date(), 500);
    expect(findings["database:responseTime"]).toEqual({ status: "fail", output: "no answer within 500 ms" });
  });

  it("fails if the database accepts no writes, and recovers", async () => {
    const own = await createDatabase();
    const name = sql.identifier(new URL(own).pathname.slice(1));
    const admin = openPostgres(`${inject("postgresUrl")}/postgres`);
    onTestFinished(() => admin.close());
    await admin.db.execute(sql`alter database ${name} set default_transaction_read_only = on`);
    serveFrom(own);
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(having(answer.body.checks, "fail")).toEqual(["database:writable"]);
    expect(answer.body.checks["database:writable"]).toMatchObject([{ output: expect.stringContaining("read-only") }]);
    await admin.db.execute(sql`alter database ${name} reset default_transaction_read_only`);
    await closeDatabase();
    expect((await ask()).body).toMatchObject({ status: "pass" });
  });

  it.each([
    [
      "the last migration is missing",
      "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
    ],
    ["none has ever been applied", "drop schema drizzle cascade"],
  ])("fails where %s", async (_, statement) => {
    serveFrom(await createDatabase());
    await rows(await database(), sql.raw(statement));
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(having(answer.body.checks, "fail")).toEqual(["database:migrations"]);
    expect(answer.body.checks["database:migrations"]).toMatchObject([
      { output: expect.stringContaining("npm run db:migrate") },
    ]);
  });
});
