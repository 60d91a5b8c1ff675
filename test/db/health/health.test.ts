import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordSyncStatus } from "../../../lib/attendance/google/sync-status.ts";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { AppError } from "../../../lib/errors.ts";
import { incidents } from "../../../lib/jobs/schema.ts";
import { type Sink, smtpSink } from "../../fakes/smtp-sink.ts";
import { empty, freshPostgres } from "../../support/database/databases.ts";
import { GET, HEAD, POST } from "../../support/http/api.ts";
import { type Checks, healthySettings } from "../../support/http/health.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addMails } from "../../worlds/ledger.ts";
import { addOperators, apiTokenOf, CONSOLE_SECRET, cookieOf } from "../../worlds/operators.ts";

describe("health", () => {
  let db: Db;
  let connection: Awaited<ReturnType<typeof freshPostgres>>;
  let sink: Sink;
  let WELL: Environment;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
    sink = await smtpSink();
    WELL = await healthySettings(sink.port);
  });
  afterAll(async () => {
    await closeDatabase();
    await sink.close();
  });
  beforeEach(async () => {
    configure(WELL);
    useConnection(connection);
    await empty(db);
    await db.delete(incidents);
  });
  afterEach(() => useConnection(connection));

  const ask = (token: string | null = SETTINGS.ADMIN_TOKEN ?? "") =>
    call<{ status: string; checks: Checks }>(GET, "/api/health", { token });

  it("tells everybody the status and nothing more", async () => {
    const answer = await ask(null);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/health+json");
    expect(answer.body).toEqual({ status: "pass" });
    expect((await ask("a-token-of-somebody-else")).body).toEqual({ status: "pass" });
  });

  it("tells operators and programs with a token the details, and no one else who has a cookie", async () => {
    configure({ ...WELL, CONSOLE_SECRET });
    await addOperators(db);
    const sees = async (headers: Record<string, string>) =>
      "checks" in (await call(GET, "/api/health", { token: null, headers })).body;
    expect(await sees({ cookie: cookieOf("viewer") })).toBe(true);
    expect(await sees({ authorization: `Bearer ${apiTokenOf("viewer")}` })).toBe(true);
    for (const id of ["without-second-factor", "disabled", "expired"]) {
      expect(await sees({ cookie: cookieOf(id) }), id).toBe(false);
    }
    expect(await sees({ authorization: `Bearer ${apiTokenOf("revoked")}` })).toBe(false);
  });

  it("answers at the paths of the older API with the fields that its clients read", async () => {
    const answerAt = async (path: string) => {
      const { status, body } = await call(GET, path, { token: null });
      expect(status).toBe(200);
      return body;
    };
    expect(await answerAt("/health")).toEqual({ status: "pass", service: "taktwerk" });
    const auth_functions_available = { track_site_event: true };
    expect(await answerAt("/health/db")).toEqual({ status: "pass", database: "connected", auth_functions_available });
  });

  it("answers a HEAD request alike, without a body", async () => {
    const answer = await call(HEAD, "/api/health", { method: "HEAD", token: null });
    expect(answer).toMatchObject({ status: 200, body: "" });
    expect(answer.headers.get("content-type")).toBe("application/health+json");
    configure({ ...WELL, SMTP_HOST: undefined, VERCEL_ENV: "production" });
    expect(await call(HEAD, "/api/health", { method: "HEAD" })).toMatchObject({ status: 503, body: "" });
    expect((await call(POST, "/api/health", { method: "POST" })).status).toBe(405);
  });

  it("tells the operator what each check found, and when it looked", async () => {
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const pass = { status: "pass", time };
    const measured = (observedUnit: string) => ({ ...pass, observedValue: expect.any(Number), observedUnit });
    expect((await ask()).body).toEqual({
      status: "pass",
      checks: {
        "database:responseTime": [measured("ms")],
        "database:writable": [pass],
        "database:migrations": [pass],
        "database:server": [
          { ...pass, output: expect.stringMatching(/^Postgres 1\d.*UTF-8; JIT is .*; the extension btree_gist/) },
        ],
        "database:pooling": [{ ...pass, output: "connected directly, without a pooler" }],
        "database:connections": [
          {
            ...pass,
            observedValue: expect.any(Number),
            output: expect.stringMatching(/^\d+ of \d+ connections are free$/),
          },
        ],
        "mail:queueAge": [{ ...measured("s"), observedValue: 0 }],
        "jobs:overdue": [{ ...pass, observedValue: 0, output: expect.stringContaining("no tick has run yet") }],
        "jobs:paused": [{ ...pass, observedValue: 0 }],
        "incidents:open": [{ ...pass, observedValue: 0 }],
        "calendar:reading": [pass],
        "mail:server": [measured("ms")],
        "rateLimit:store": [{ ...pass, output: expect.stringContaining("counted in") }],
        "tmp:room": [measured("MB")],
      },
    });
  });

  it("warns of open incidents, also of those no mail could be sent about, and stays healthy", async () => {
    const at = new Date();
    await db.insert(incidents).values({ key: "k", title: "all is lost", details: {}, openedAt: at, seenAt: at });
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      status: "warn",
      checks: {
        "incidents:open": [{ status: "warn", output: "all is lost; 1 of them could not be mailed about yet" }],
      },
    });
  });

  it("warns of a queue that has been waiting for an hour", async () => {
    await addMails(db, new Date(), { minutesAgo: 120 });
    const [finding] = (await ask()).body.checks["mail:queueAge"]!;
    expect(finding).toMatchObject({ status: "warn", output: "the oldest mail has been due for 120 minutes" });
    expect(finding?.observedValue).toBeGreaterThanOrEqual(7_200);
  });

  it("is unhealthy in production without a mail server, and warns elsewhere", async () => {
    configure({ ...WELL, SMTP_HOST: undefined, VERCEL_ENV: "production" });
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({
      checks: { "mail:server": [{ status: "fail", output: "not set: SMTP_HOST" }] },
    });
    configure({ ...WELL, SMTP_HOST: undefined });
    expect((await ask()).body).toMatchObject({ status: "warn" });
  });

  it("warns of credentials without a calendar, and is content without both", async () => {
    const output = "attendance is not tracked: GOOGLE_CALENDAR_IDS is not set";
    configure({ ...WELL, GOOGLE_CALENDAR_IDS: undefined, VERCEL_ENV: "production" });
    expect(await ask()).toMatchObject({
      status: 200,
      body: { status: "warn", checks: { "calendar:reading": [{ status: "warn", output }] } },
    });
    configure({ ...WELL, GOOGLE_CALENDAR_IDS: undefined, GOOGLE_CREDS_BASE64: undefined, VERCEL_ENV: "production" });
    expect(await ask()).toMatchObject({
      status: 200,
      body: { status: "pass", checks: { "calendar:reading": [{ status: "pass", output }] } },
    });
  });

  it.each([
    ["none", undefined, "got nothing"],
    ["not base64", "{hidden-key}", "expected base64"],
    ["not a key file", Buffer.from('{"type":"hidden-key"}').toString("base64"), "whose type is missing or wrong"],
  ])("is unhealthy in production with credentials that are %s, and tells the remedy", async (_, given, sentence) => {
    configure({ ...WELL, GOOGLE_CREDS_BASE64: given });
    expect(await ask()).toMatchObject({
      status: 200,
      body: { status: "warn", checks: { "calendar:reading": [{ status: "warn" }] } },
    });
    configure({ ...WELL, GOOGLE_CREDS_BASE64: given, VERCEL_ENV: "production" });
    const answer = await ask();
    expect(answer.status).toBe(503);
    const { output } = answer.body.checks["calendar:reading"]![0]!;
    expect(output).toMatch(/^GOOGLE_CREDS_BASE64: .*create a key \(JSON\) of a service account/);
    expect(output).toContain(sentence);
    expect(output).not.toContain("hidden");
    expect((await ask(null)).body).toEqual({ status: "fail" });
  });

  it("warns of calendars that could not be read the last time, until they can", async () => {
    const failure = (calendarId: string) => ({
      calendarId,
      error: new AppError("calendar-unreadable", `calendar ${calendarId}: share it with taktwerk@project.example`),
    });
    const [team, second] = ["team@club.example", "second@club.example"].map((calendarId) => ({ calendarId }));
    await recordSyncStatus(db, [team!, second!], [failure("former@club.example")], new Date());
    expect((await ask()).body).toMatchObject({ status: "pass", checks: { "calendar:reading": [{ status: "pass" }] } });
    await recordSyncStatus(db, [second!], [failure("team@club.example")], new Date());
    configure({ ...WELL, VERCEL_ENV: "production" });
    const answer = await ask();
    expect(answer.status).toBe(200);
    const output = "calendar [address]: share it with [address]";
    expect(answer.body).toMatchObject({ status: "warn", checks: { "calendar:reading": [{ status: "warn", output }] } });
    await recordSyncStatus(db, [team!], [failure("second@club.example")], new Date());
    await recordSyncStatus(db, [team!, second!], [], new Date());
    expect((await ask()).body).toMatchObject({ status: "pass" });
  });
});
