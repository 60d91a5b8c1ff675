import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { JOBS } from "../../../lib/app/registry.ts";
import { recordSyncStatus } from "../../../lib/attendance/google/sync-status.ts";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { AppError } from "../../../lib/errors.ts";
import { runChecks } from "../../../lib/health/checks.ts";
import { roomIn } from "../../../lib/health/disk.ts";
import { redirectLog } from "../../../lib/log.ts";
import { DROP, type Script, SILENCE, smtpScript } from "../../fakes/smtp-script.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { type Checks, having, healthySettings } from "../../support/http/health.ts";
import { call } from "../../support/http/requests.ts";
import { addMails } from "../../worlds/ledger.ts";

/** Health while what is outside of us is away: the mail server, Google, room to write. Nothing of it is lost by that. */

describe("health with something outside that is not well", () => {
  let db: Db;
  let settings: Environment;
  ownDatabase((own) => {
    db = own;
  });
  beforeEach(async () => {
    settings = { ...(await healthySettings(1)), VERCEL_ENV: "production" };
  });

  const ask = (token?: null) =>
    call<{ status: string; checks: Checks }>(GET, "/api/health", token === null ? { token } : {});

  async function mailServer(script: Script, over: Environment = {}) {
    const server = await smtpScript(script);
    onTestFinished(() => server.close());
    configure({ ...settings, SMTP_PORT: String(server.port), ...over });
    return server;
  }

  it("warns of a mail server's port that is closed", async () => {
    configure(settings);
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, body: { status: "warn" } });
    expect(having(answer.body.checks, "warn")).toEqual(["mail:server"]);
    const [finding] = answer.body.checks["mail:server"]!;
    expect(finding?.output).toMatch(/^the mail server refuses the connection \(E\w+\); mails wait in the queue$/);
  });

  it.each<[string, Script, Environment, string]>([
    ["answers 554", (step) => (step === "greeting" ? "554 go away, operator@club.example" : undefined), {}, "554"],
    ["hangs up", (step) => (step === "greeting" ? DROP : undefined), {}, "E"],
    ["never greets", (step) => (step === "greeting" ? SILENCE : undefined), {}, ""],
    ["never answers", (step) => (step === "EHLO" ? SILENCE : undefined), {}, ""],
    [
      "refuses the sign-in",
      (step) => (step === "EHLO" ? "250-mx.example\r\n250 AUTH PLAIN" : step === "AUTH" ? "535 not you" : undefined),
      { SMTP_USER: "sender@club.example", SMTP_PASSWORD: "hidden-password" },
      "EAUTH 535",
    ],
  ])("warns of a mail server that %s, without its words", async (_, script, over, code) => {
    await mailServer(script, over);
    const answer = await ask(); // does not end where it waits for the server
    expect(answer).toMatchObject({ status: 200, body: { status: "warn" } });
    expect(having(answer.body.checks, "warn")).toEqual(["mail:server"]);
    const [finding] = answer.body.checks["mail:server"]!;
    expect(finding?.output).toContain(code);
    expect(finding?.output).not.toMatch(/club|hidden|not you/);
  });

  it.each([
    ["refuses connections", "redis://:hidden-password@127.0.0.1:1"],
    ["does not answer", "redis://:hidden-password@192.0.2.1:6379"],
  ])("warns of a Redis that %s, and of nothing else", async (_, redisUrl) => {
    const { port } = await mailServer(() => undefined);
    configure({ ...settings, SMTP_PORT: String(port), REDIS_URL: redisUrl });
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, body: { status: "warn" } });
    expect(having(answer.body.checks, "warn")).toEqual(["rateLimit:store"]);
    expect(JSON.stringify(answer.body)).not.toContain("hidden");
  });

  it("asks the mail server once for many who ask, and sends nothing", async () => {
    const server = await mailServer(() => undefined);
    await Promise.all(Array.from({ length: 20 }, () => ask(null)));
    expect((await ask()).body).toMatchObject({ status: "pass" });
    expect(server.connections()).toBe(1);
    await expect.poll(() => server.commands).toEqual([expect.stringMatching(/^EHLO /), "QUIT"]);
  });

  it("asks the mail server again after half a minute", async () => {
    let answer = "554 not now";
    const server = await mailServer((step) => (step === "greeting" ? answer : undefined));
    const statusAt = async (seconds: number) =>
      (await runChecks(JOBS, new Date(Date.parse("2026-03-02T12:00:00Z") + seconds * 1000)))["mail:server"]?.status;
    expect(await statusAt(0)).toBe("warn");
    answer = "220 welcome";
    expect(await statusAt(29)).toBe("warn");
    expect(await statusAt(30)).toBe("pass");
    expect(server.connections()).toBe(2);
  });

  it("warns of a Google that refused the last reading, without the addresses in its words", async () => {
    await mailServer(() => undefined);
    const failure = new AppError(
      "calendar-unreadable",
      "calendar team@club.example: share it with bot@project.example",
    );
    await recordSyncStatus(db, [], [{ calendarId: "team@club.example", error: failure }], new Date());
    const answer = await ask();
    expect(answer).toMatchObject({ status: 200, body: { status: "warn" } });
    expect(having(answer.body.checks, "warn")).toEqual(["calendar:reading"]);
    expect(answer.body.checks["calendar:reading"]).toMatchObject([
      { output: "calendar [address]: share it with [address]" },
    ]);
  });

  it("warns of a folder without room, and of one that cannot be written to", async () => {
    expect(await roomIn("/proc")).toMatchObject({ status: "warn", observedValue: 0, observedUnit: "MB" });
    expect(await roomIn(tmpdir())).toMatchObject({ status: "pass" });
    const file = join(tmpdir(), `health-${process.pid}`);
    await writeFile(file, "");
    await expect(roomIn(file)).rejects.toThrow("ENOTDIR");
  });

  it("responds if everything is down at once, and shows no secret and no address", async () => {
    const lines: string[] = [];
    redirectLog((_, line) => lines.push(line));
    onTestFinished(() => redirectLog(() => {}));
    const planted = {
      DATABASE_URL: "postgresql://planted-user:planted-database@127.0.0.1:1/planted-name",
      CRON_SECRET: "planted-cron-secret",
      EMAIL_PREFERENCES_SECRET: "planted-preferences",
      SMTP_USER: "planted@club.example",
      SMTP_PASSWORD: "planted-smtp-password",
      GOOGLE_CREDS_BASE64: Buffer.from('{"private_key":"planted-key"}').toString("base64"),
      HEALTHCHECKS_PING_URL: "https://hc-ping.com/planted-ping/{job}",
    };
    await addMails(db, new Date(), { minutesAgo: 120 });
    await mailServer((step) => (step === "greeting" ? SILENCE : undefined), planted);
    const own = openPostgres(planted.DATABASE_URL);
    useConnection(own);
    onTestFinished(() => useConnection({ db, driver: "postgres", close: async () => {} }));
    const answer = await ask();
    expect(answer).toMatchObject({ status: 503, body: { status: "fail" } });
    expect(having(answer.body.checks, "fail")).toContain("database:responseTime");
    expect(having(answer.body.checks, "warn")).toContain("mail:server");
    const all = JSON.stringify([answer.body, [...answer.headers]]);
    for (const text of [...Object.values(planted), "planted", "@", "127.0.0.1"]) expect(all).not.toContain(text);
    expect(lines.join()).not.toContain("planted");
    expect((await ask(null)).body).toEqual({ status: "fail" });
  });
});
