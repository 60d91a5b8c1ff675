import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { SUPERVISED } from "../../../lib/app/tick.ts";
import { configure } from "../../../lib/config/config.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { redirectLog } from "../../../lib/log.ts";
import { deliverAlerts } from "../../../lib/supervision/alerts.ts";
import { smtpScript } from "../../fakes/smtp-script.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { alertSettings, forgetRuns, incidentsOf, operator } from "../../support/jobs/supervise-operator.ts";
import { fireCron, firings, HOUR, later, MINUTE, tick } from "../../support/jobs/ticks-timeline.ts";

/** What becomes of the mails about incidents. */

const NOON = new Date("2026-03-02T12:00:30Z");
const FAILED = "[Sportify Alert] email-dispatch failed";

describe("an alert", () => {
  let connection: Connection;
  let db: Db;
  let events: { event: string; incident?: string; error?: string; step?: string }[];
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    events = [];
    redirectLog((_, line) => events.push(JSON.parse(line)));
    return forgetRuns(db);
  });
  afterEach(() => redirectLog(() => {}));

  /** A run that failed and is not tried again. */
  const fault = (job = "email-dispatch", message = "no luck") =>
    rows(
      db,
      sql`insert into job_runs (job_name, scheduled_for, status, attempt, trigger, metadata)
        values (${job}, '2026-03-02T12:00Z', 'failed', 3, 'cron',
          ${JSON.stringify({ error: { code: "internal", message } })}::jsonb)`,
    );
  /** A closed port. */
  async function deadPort(): Promise<number> {
    const { port, close } = await smtpSink();
    await close();
    return port;
  }

  it("that cannot be sent fails no run, stands on record, and is sent once when the server is back", async () => {
    const port = await deadPort();
    configure(alertSettings(port));
    await fault();
    const [cleanup] = firings(NOON, later(NOON, HOUR), "job-cleanup");
    const { answer, tick: looked } = await fireCron(db, cleanup!);
    expect(answer).toMatchObject({ status: 200, body: { status: "ok", skipped: false } });
    expect(looked).toMatchObject({ opened: ["failed:email-dispatch"], told: 0 });
    expect(await incidentsOf(db)).toMatchObject([
      { closed: false, alerted: false, error: expect.stringContaining("ECONNREFUSED") },
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ event: "alert_failed", incident: "failed:email-dispatch" }),
    );
    expect(await tick(db, later(cleanup!.at, MINUTE))).toMatchObject({ told: 0 });

    const sink = await smtpSink({}, port);
    onTestFinished(() => sink.close());
    expect(await tick(db, later(cleanup!.at, 2 * MINUTE))).toMatchObject({ told: 1 });
    expect(await tick(db, later(cleanup!.at, 3 * MINUTE))).toMatchObject({ told: 0 });
    expect(sink.mails).toHaveLength(1);
    expect(await incidentsOf(db, "failed")).toMatchObject([{ alerted: true, error: null }]);
  });

  it.each([
    ["ALERT_EMAIL", { ALERT_EMAIL: "" }, "ALERT_EMAIL: expected an address, got none"],
    ["SMTP_HOST", { SMTP_HOST: "" }, "SMTP_HOST: expected a mail server's name, got none"],
    ["EMAIL_FROM", { EMAIL_FROM: "" }, "EMAIL_FROM: expected the sender's address, got none"],
  ])("says that %s is missing, and goes out when it is not", async (_, missing, error) => {
    const { sink, subjects } = await operator(missing);
    await fault();
    expect(await tick(db, NOON)).toMatchObject({ opened: ["failed:email-dispatch"], told: 0 });
    expect(await incidentsOf(db)).toMatchObject([{ alerted: false, error }]);
    expect(events).toContainEqual(expect.objectContaining({ event: "alert_failed", error }));
    configure(alertSettings(sink.port));
    expect(await tick(db, later(NOON, MINUTE))).toMatchObject({ told: 1 });
    expect(await subjects()).toEqual([FAILED]);
  });

  it("whose sender dies before it is on record comes again under the same Message-ID, after its lease", async () => {
    const { mails } = await operator();
    await fault();
    await tick(db, NOON);
    // as where the process was killed when the mail was out: taken, sent, and nothing written
    const lease = later(NOON, 2 * MINUTE).toISOString();
    await db.execute(sql`update incidents set alerted_at = null, alert_lease_until = ${lease}::timestamptz`);
    expect(await tick(db, later(NOON, 2 * MINUTE))).toMatchObject({ told: 0 });
    expect(await tick(db, later(NOON, 2 * MINUTE + 1))).toMatchObject({ told: 1 });
    const ids = (await mails()).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^<\d+-alert@club\.example>$/);
  });

  it("that the server refuses does not keep the others from going out", async () => {
    const server = await smtpScript((step, content) => {
      return step === "content" && content.includes("job-cleanup failed") ? "554 5.7.1 spam" : undefined;
    });
    onTestFinished(() => server.close());
    configure(alertSettings(server.port));
    await fault("job-cleanup");
    await tick(db, NOON);
    await fault("email-dispatch");
    await tick(db, later(NOON, MINUTE));
    await tick(db, later(NOON, 2 * MINUTE));
    expect(await incidentsOf(db)).toMatchObject([
      { key: "failed:job-cleanup", alerted: false, error: expect.stringContaining("spam") },
      { key: "failed:email-dispatch", alerted: true, error: null },
    ]);
    expect(server.taken).toHaveLength(1);
  });

  it("is tried once in each tick if the mail server is away", async () => {
    const port = await deadPort();
    configure(alertSettings(port));
    for (const job of ["job-cleanup", "email-dispatch", "weekly-events"]) await fault(job);
    expect(await tick(db, NOON)).toMatchObject({ told: 0 });
    expect(events.filter(({ event }) => event === "alert_failed")).toHaveLength(1);
    const sink = await smtpSink({}, port);
    onTestFinished(() => sink.close());
    expect(await tick(db, later(NOON, MINUTE))).toMatchObject({ told: 3 });
  });

  it("is not sent for a fault that ended before its alert, and neither is its recovery", async () => {
    configure(alertSettings(await deadPort()));
    await fault();
    await tick(db, NOON);
    const { sink } = await operator();
    await db.execute(sql`delete from job_runs`);
    expect(await tick(db, later(NOON, MINUTE))).toMatchObject({ closed: ["failed:email-dispatch"], told: 0 });
    expect(sink.mails).toEqual([]);
  });

  it("goes to the mail server's user if no recipient is set, with a configured prefix", async () => {
    const sink = await smtpSink({
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        password === "pass" ? done(null, { user: username }) : done(new Error("no")),
    });
    onTestFinished(() => sink.close());
    configure({
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(sink.port),
      SMTP_USER: "owner@club.example",
      SMTP_PASS: "pass",
      ALERT_PREFIX: "[Testklub – Alarm]",
    });
    await fault();
    await tick(db, NOON);
    const [mail] = sink.mails;
    expect(mail).toMatchObject({ from: "owner@club.example", to: ["owner@club.example"] });
    const { default: PostalMime } = await import("postal-mime");
    expect((await PostalMime.parse(mail!.raw)).subject).toBe("[Testklub – Alarm] email-dispatch failed");
  });

  it("has the error's text in its body and not in its headers", async () => {
    const { sink, mails } = await operator();
    const evil = "no\r\nBcc: victim@club.example\r\n\r\n<script>alert(1)</script>\r\n.\r\nMAIL FROM:<a@b.example>";
    await fault("email-dispatch", evil);
    await rows(
      db,
      sql`insert into incidents (key, title, details, opened_at, seen_at)
        values ('mail:stalled', ${evil}, ${JSON.stringify({ [evil]: evil })}::jsonb, now(), now())`,
    );
    await deliverAlerts(db, () => Number(NOON), SUPERVISED);
    await tick(db, NOON);
    expect(sink.mails.map(({ to }) => to)).toEqual(Array(3).fill(["operator@club.example"])); // and that it is over
    for (const mail of await mails()) {
      expect(mail.bcc ?? []).toEqual([]);
      expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
      expect(mail.subject).not.toMatch(/[\r\n]/);
      expect(mail.text).toContain("MAIL FROM:<a@b.example>");
      expect(mail.html).not.toContain("<script>");
    }
  });
});
