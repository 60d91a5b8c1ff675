import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../lib/cli/doctor/finding.ts";
import type { Db } from "../../lib/db/db.ts";
import { type GoogleServer, startGoogle } from "../fakes/google-server.ts";
import { type Scripted, smtpScript } from "../fakes/smtp-script.ts";
import { runCli } from "../support/children/run-cli.ts";
import { createBlankDatabase } from "../support/database/blank-database.ts";
import { createDatabase, freshPostgres } from "../support/database/databases.ts";
import { addRuns } from "../worlds/ledger.ts";

const SECRETS = {
  CRON_SECRET: "0123456789abcdef0123456789abcdef-cron",
  ADMIN_TOKEN: "0123456789abcdef0123456789abcdef-admin",
  CONSOLE_SECRET: "0123456789abcdef0123456789abcdef-console",
  EMAIL_PREFERENCES_SECRET: "0123456789abcdef0123456789abcdef-mail",
  AUTH_JWT_SECRET: "0123456789abcdef0123456789abcdef-jwt",
};

describe("npm run cli -- doctor", () => {
  let db: Db;
  let close: () => Promise<void>;
  let google: GoogleServer;
  let smtp: Scripted;
  let strict: Scripted;
  let well: Record<string, string>;
  beforeAll(async () => {
    const own = await freshPostgres();
    ({ db, close } = own);
    await addRuns(db, new Date(), { minutesAgo: 5 });
    google = await startGoogle({
      calendars: { "team@club.example": [], "busy@club.example": [] },
      roles: { "busy@club.example": "freeBusyReader" },
    });
    smtp = await smtpScript();
    strict = await smtpScript((step) =>
      step === "EHLO"
        ? "250-mx.example\r\n250 AUTH PLAIN LOGIN"
        : step === "AUTH"
          ? "535 5.7.8 wrong password"
          : undefined,
    );
    well = {
      ...SECRETS,
      DATABASE_URL: own.url,
      EVENTS_BASE_URL: "https://taktwerk.example",
      EVENTS_TIMEZONE: "Europe/Berlin",
      EMAIL_FROM: "Taktwerk <taktwerk@club.example>",
      ALERT_EMAIL: "operator@club.example",
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(smtp.port),
      GOOGLE_CALENDAR_IDS: "team@club.example",
      GOOGLE_CREDS_BASE64: google.credentials,
      GOOGLE_CALENDAR_URL: google.url,
      HEALTHCHECKS_PING_URL: "https://watchdog.example/{job}",
      VERCEL_ENV: "production",
    };
  });
  afterAll(() => Promise.all([close(), google.close(), smtp.close(), strict.close()]));

  const doctor = (over: Record<string, string> = {}, ...args: string[]) =>
    runCli(["doctor", ...args], { env: { ...well, ...over } });

  /** What is not well. */
  async function faults(over: Record<string, string>): Promise<{ code: number; faults: Finding[] }> {
    const { code, out } = await doctor(over, "--json");
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    return { code, faults: findings.filter(({ status }) => status !== "pass") };
  }

  it("says that all is well, and shows no secret", async () => {
    const { code, out, err } = await doctor();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^PASS +database +it answers in \d+ ms, through the driver for postgres$/m);
    expect(out).toMatch(/^PASS +database +Postgres 1\d\S*/m);
    expect(out).toMatch(/^PASS +database +texts are UTF-8$/m);
    expect(out).toMatch(/^PASS +database +JIT is (off|on, as distributions ship it)$/m);
    expect(out).toMatch(/^PASS +database +the extension btree_gist is installed$/m);
    expect(out).toMatch(/^PASS +database +connected directly, without a pooler$/m);
    expect(out).toMatch(/^PASS +database +\d+ of \d+ connections are free$/m);
    expect(out).toMatch(/^PASS +calendars +calendar team@club.example can be read$/m);
    expect(out).toMatch(/^PASS +mail server +127\.0\.0\.1:\d+ answers$/m);
    expect(out).toMatch(/^\d+ pass, 0 not used, 0 to look at, 0 fail$/m);
    for (const secret of Object.values(SECRETS)) expect(out).not.toContain(secret);
    expect(out).not.toContain("\u001b");
  });

  it("names every wrong setting, and looks into all that the others say", async () => {
    const found = await faults({
      EVENTS_TIMEZONE: "Mars/Base",
      BATCH_SIZE: "many",
      DKIM_DOMAIN: "club.example",
      CRON_SECRET: "short",
    });
    expect(found.code).toBe(1);
    expect(found.faults.filter(({ check }) => check === "settings")).toMatchObject([
      {
        says: expect.stringMatching(/^EVENTS_TIMEZONE: expected an IANA time zone .*Mars/),
        remedy: expect.stringContaining("set EVENTS_TIMEZONE"),
      },
      { says: expect.stringMatching(/^CRON_SECRET: expected at least 16 characters.*not shown/) },
      { says: expect.stringMatching(/^BATCH_SIZE: expected a whole number/) },
      { says: expect.stringMatching(/^DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY: expected all three/) },
    ]);
    expect(found.faults.filter(({ check }) => check !== "settings")).toMatchObject([
      { check: "secrets", status: "fail", says: "CRON_SECRET is not set: jobs answer 503" },
    ]);
  });

  it.each<[string, () => Record<string, string> | Promise<Record<string, string>>, Partial<Finding>]>([
    [
      "a database that is down",
      () => ({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }),
      { check: "database", says: "cannot be reached (ECONNREFUSED", remedy: "check that the server runs" },
    ],
    [
      "migrations that are missing",
      async () => ({ DATABASE_URL: await createBlankDatabase() }),
      { check: "database", says: "migrations behind", remedy: "npm run db:migrate" },
    ],
    [
      "a database that is read-only",
      async () => ({ DATABASE_URL: `${await createDatabase()}?options=-c%20default_transaction_read_only%3Don` }),
      { check: "database", says: "nothing can be written", remedy: "the primary" },
    ],
    [
      "a mail server that is not there",
      () => ({ SMTP_PORT: "1" }),
      { check: "mail server", says: "127.0.0.1:1: ", remedy: "check SMTP_HOST and SMTP_PORT" },
    ],
    [
      "a mail server that refuses the sign-in",
      () => ({ SMTP_PORT: String(strict.port), SMTP_USER: "taktwerk", SMTP_PASSWORD: "a-wrong-password" }),
      { check: "mail server", says: "535 5.7.8 wrong password", remedy: "correct SMTP_USER and SMTP_PASSWORD" },
    ],
    [
      "a calendar that is not shared",
      () => ({ GOOGLE_CALENDAR_IDS: "elsewhere@club.example" }),
      { check: "calendars", says: "Google does not know it", remedy: "share it with taktwerk@project.example" },
    ],
    [
      "a calendar of which only busy times are shared",
      () => ({ GOOGLE_CALENDAR_IDS: "team@club.example,busy@club.example" }),
      { check: "calendars", says: "busy@club.example: only free and busy", remedy: "See all event details" },
    ],
    [
      "credentials that are none",
      () => ({ GOOGLE_CREDS_BASE64: "e30=" }),
      { check: "calendars", says: "GOOGLE_CREDS_BASE64: expected a service account", remedy: "create a key (JSON)" },
    ],
    [
      "a base URL without TLS",
      () => ({ EVENTS_BASE_URL: "http://taktwerk.example" }),
      { check: "base URL", says: "is not https", remedy: "set EVENTS_BASE_URL" },
    ],
    [
      "a key set that is none",
      () => ({ AUTH_JWT_SECRET: "", AUTH_JWKS_URL: google.url }),
      { check: "sign-in", says: "AUTH_JWKS_URL", remedy: "correct AUTH_JWKS_URL" },
    ],
    [
      "no recipient of alerts",
      () => ({ ALERT_EMAIL: "" }),
      { check: "addresses", says: "ALERT_EMAIL is not set", remedy: "set it" },
    ],
  ])("finds %s, and says what to do", async (_, over, { check, says = "", remedy = "" }) => {
    const found = await faults(await over());
    expect(found.code).toBe(1);
    const finding = found.faults.find((one) => one.check === check && one.status === "fail");
    expect(finding).toMatchObject({ says: expect.stringContaining(says), remedy: expect.stringContaining(remedy) });
    expect(JSON.stringify(found)).not.toContain("a-wrong-password");
  });

  it("finds a calendar that Google forbids", async () => {
    const error = { error: { code: 403, message: "Forbidden", errors: [{ reason: "forbidden" }] } };
    google.onList = () => Response.json(error, { status: 403 });
    const found = await faults({});
    google.onList = [];
    expect(found).toMatchObject({
      code: 1,
      faults: [
        {
          check: "calendars",
          says: expect.stringContaining("may not read it"),
          remedy: expect.stringContaining("share it"),
        },
      ],
    });
  });

  it("passes with warnings such as a short secret, and finds overdue jobs", async () => {
    expect(await faults({ ADMIN_TOKEN: "sixteen-and-more" })).toMatchObject({
      code: 0,
      faults: [{ check: "secrets", status: "warn", says: "ADMIN_TOKEN has 16 characters, and should have 32" }],
    });
    await db.execute(sql`insert into incidents (key, title, details, opened_at, seen_at)
      values ('overdue:job-cleanup', 'job-cleanup is overdue', '{}', now(), now())`);
    const overdue = await faults({});
    await db.execute(sql`delete from incidents`);
    expect(overdue).toMatchObject({
      code: 1,
      faults: [{ check: "jobs", status: "fail", says: expect.stringContaining("job-cleanup is overdue") }],
    });
  });

  it("passes with a Redis that does not answer, and says so", async () => {
    const found = await faults({ REDIS_URL: "redis://:a-redis-password@127.0.0.1:1" });
    expect(found).toMatchObject({
      code: 0,
      faults: [
        {
          check: "rate limits",
          status: "warn",
          says: expect.stringMatching(/^Redis does not answer \(.*ECONNREFUSED/),
        },
      ],
    });
    expect(JSON.stringify(found)).not.toContain("a-redis-password");
  });

  it("says what does not work without the secret of the console", async () => {
    expect(await faults({ CONSOLE_SECRET: "" })).toMatchObject({
      code: 1,
      faults: [
        { check: "secrets", status: "fail", says: expect.stringMatching(/^CONSOLE_SECRET is not set: operators/) },
      ],
    });
  });

  it("passes without optional features, and says how to use them", async () => {
    const without = {
      HEALTHCHECKS_PING_URL: "",
      GOOGLE_CALENDAR_IDS: "",
      GOOGLE_CREDS_BASE64: "",
      AUTH_JWT_SECRET: "",
      AUTH_JWKS_URL: "",
    };
    expect(await faults(without)).toMatchObject({
      code: 0,
      faults: [
        { check: "sign-in", status: "off", remedy: expect.stringContaining("AUTH_JWKS_URL") },
        { check: "calendars", status: "off", remedy: expect.stringContaining("docs/tracking.md") },
        { check: "listeners", status: "off", remedy: expect.stringContaining("HEALTHCHECKS_PING_URL") },
      ],
    });
    expect((await doctor(without)).out).toMatch(/^OFF {3}calendars +GOOGLE_CALENDAR_IDS is not set/m);
  });

  it("refuses unknown arguments with exit code 2", async () => {
    expect(await doctor({}, "--fix")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("Unknown option '--fix'"),
    });
  });
});
