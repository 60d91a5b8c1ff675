import { describe, expect, it } from "vitest";
import { config, configure, type Environment, parseConfig } from "../../../lib/config/config.ts";
import { AppError } from "../../../lib/errors.ts";
import { localDate, newestEnded } from "../../../lib/time/periods.ts";

/** The settings: each wrong one is named with what was expected and what was found. */

function problem(environment: Environment): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe("misconfigured");
    expect(error.status).toBe(503);
    return error.message;
  }
  return "none";
}

const HIDDEN = "another value (not shown)";
const whole = (min: number, max: number) => `a whole number from ${min} to ${max}`;

describe("a setting that is wrong", () => {
  it.each([
    ["EVENTS_TIMEZONE", "Mars/Olympus", "an IANA time zone such as Europe/Berlin"],
    ["EVENTS_UTC_OFFSET_MINUTES", "841", whole(-840, 840)],
    ["EVENTS_UTC_OFFSET_MINUTES", "+01:00", whole(-840, 840)],
    ["EVENTS_TIMEZONE_OFFSET_MINUTES", "-841", whole(-840, 840)],
    ["EVENTS_TIMEZONE_OFFSET_MINUTES", "60.5", whole(-840, 840)],
    ["AUTH_JWKS_URL", "login.example.com", "a URL such as https://login.example.com/.well-known/jwks.json"],
    ["AUTH_JWKS_URL", "file:///keys.json", "a URL such as https://login.example.com/.well-known/jwks.json"],
    ["ALLOWED_ORIGINS", "*", "origins such as https://app.example.com, comma-separated"],
    ["ALLOWED_ORIGINS", "https://a.example,b.example", "origins such as https://app.example.com, comma-separated"],
    ["ALLOWED_ORIGINS", "https://a.example/path", "origins such as https://app.example.com, comma-separated"],
    ["EVENTS_BASE_URL", "taktwerk", "a URL such as https://taktwerk.example.com"],
    ["FRONTEND_URL", "javascript:alert(1)", "a URL such as https://www.example.com"],
    ["JOB_TIMEOUT_MS", "999", whole(1000, 86_400_000)],
    ["JOB_TIMEOUT_MS", "30 minutes", whole(1000, 86_400_000)],
    ["JOB_TIMEOUT_MS", "Infinity", whole(1000, 86_400_000)],
    ["SETTLEMENT_DAYS", "-1", whole(0, 60)],
    ["SETTLEMENT_DAYS", "7d", whole(0, 60)],
    ["DEFAULT_WEEKLY_POINTS_GOAL", "0", whole(1, 10_000_000)],
    ["DEFAULT_WEEKLY_POINTS_GOAL", "NaN", whole(1, 10_000_000)],
    ["DEFAULT_WEEKLY_POINT_CHALLENGE", "1e99", whole(1, 10_000_000)],
    ["DEFAULT_WEEKLY_POINT_CHALLENGE", "1,500", whole(1, 10_000_000)],
    ["EMAIL_FROM", "Taktwerk", "an address such as Taktwerk <mail@example.com>"],
    ["EMAIL_FROM", "Taktwerk <mail>", "an address such as Taktwerk <mail@example.com>"],
    ["EMAIL_FROM", "a@b.example\r\nBcc: c@d.example", "an address such as Taktwerk <mail@example.com>"],
    ["PORT", "65536", whole(0, 65_535)],
    ["PORT", "http", whole(0, 65_535)],
    ["VERCEL_ENV", "staging", 'one of "production"|"preview"|"development"'],
  ])("is named with what was expected and what was found: %s=%s", (name, value, expected) => {
    expect(problem({ [name]: value })).toBe(`${name}: expected ${expected}, got ${JSON.stringify(value)}`);
  });

  it.each([
    ["CRON_SECRET", 16],
    ["EVENTS_CRON_SECRET", 16],
    ["ADMIN_TOKEN", 16],
    ["EMAIL_PREFERENCES_SECRET", 16],
    ["AUTH_JWT_SECRET", 32],
  ])("is a %s of fewer than %i characters", (name, least) => {
    for (const length of [1, 8, least - 1]) {
      expect(problem({ [name]: "x".repeat(length) })).toContain(`${name}: expected at least ${least} characters`);
    }
    expect(problem({ [name]: "x".repeat(least) })).toBe("none");
  });

  it.each([
    ["DATABASE_URL", "mysql://root:hunter2@db.example/club", "a URL that starts with postgres:// or postgresql://"],
    ["DATABASE_URL", "hunter2", "a URL that starts with postgres:// or postgresql://"],
    ["CRON_SECRET", "hunter2", "at least 16 characters, no spaces"],
    ["EVENTS_CRON_SECRET", "hunter2", "at least 16 characters, no spaces"],
    ["ADMIN_TOKEN", "hunter2", "at least 16 characters, no spaces"],
    ["EMAIL_PREFERENCES_SECRET", "hunter2", "at least 16 characters, no spaces"],
    ["AUTH_JWT_SECRET", "hunter2-hunter2-hunter2-hunter2", "at least 32 characters (HS256)"],
  ])("is not shown where it is secret: %s", (name, value, expected) => {
    expect(problem({ [name]: value })).toBe(`${name}: expected ${expected}, got ${HIDDEN}`);
    expect(problem({ [name]: value, PORT: "x" })).not.toContain("hunter2");
  });

  it("is named with every other one that is wrong", () => {
    const sentences = problem({
      PORT: "x",
      ADMIN_TOKEN: "short",
      EVENTS_TIMEZONE: "Nowhere",
      SETTLEMENT_DAYS: "",
    }).split("; ");
    expect(sentences.map((sentence) => sentence.split(":")[0]).sort()).toEqual([
      "ADMIN_TOKEN",
      "EVENTS_TIMEZONE",
      "PORT",
    ]);
  });

  it("does not replace the settings there are", () => {
    const before = configure({ PORT: "4000" });
    expect(() => configure({ PORT: "x" })).toThrow(AppError);
    expect(config()).toBe(before);
  });
});

describe("settings that are left out", () => {
  const DEFAULTS = {
    databaseUrl: undefined,
    timeZone: "UTC",
    cronSecret: undefined,
    adminToken: undefined,
    jwt: { jwksUrl: undefined, secret: undefined, issuer: undefined, audience: undefined },
    allowedOrigins: [],
    baseUrl: undefined,
    jobTimeoutMs: 1_800_000,
    sport: { settlementDays: 7, pointsGoal: 500, pointChallenge: 1500 },
    mail: { from: undefined, preferencesSecret: undefined },
    port: 3000,
    onVercel: false,
    production: false,
  };
  const NAMES = [
    "DATABASE_URL",
    "EVENTS_TIMEZONE",
    "EVENTS_UTC_OFFSET_MINUTES",
    "EVENTS_TIMEZONE_OFFSET_MINUTES",
    "CRON_SECRET",
    "EVENTS_CRON_SECRET",
    "ADMIN_TOKEN",
    "AUTH_JWKS_URL",
    "AUTH_JWT_SECRET",
    "AUTH_JWT_ISSUER",
    "AUTH_JWT_AUDIENCE",
    "ALLOWED_ORIGINS",
    "EVENTS_BASE_URL",
    "FRONTEND_URL",
    "JOB_TIMEOUT_MS",
    "SETTLEMENT_DAYS",
    "DEFAULT_WEEKLY_POINTS_GOAL",
    "DEFAULT_WEEKLY_POINT_CHALLENGE",
    "EMAIL_FROM",
    "EMAIL_PREFERENCES_SECRET",
    "PORT",
    "VERCEL",
    "VERCEL_ENV",
  ];

  it("have their defaults", () => {
    expect(parseConfig({})).toMatchObject(DEFAULTS);
  });

  it.each(["", " ", "\t\n", undefined])("may as well be empty: %j", (nothing) => {
    expect(parseConfig(Object.fromEntries(NAMES.map((name) => [name, nothing])))).toEqual(parseConfig({}));
  });

  it("ignore other variables of the environment", () => {
    expect(parseConfig({ PATH: "/bin", HOME: "/root", __proto__: "x", timeZone: "Mars" })).toEqual(parseConfig({}));
  });
});

describe("settings", () => {
  it("are taken as they are meant", () => {
    const parsed = parseConfig({
      DATABASE_URL: "postgresql://user:word@db.example/club",
      EVENTS_TIMEZONE: "Europe/Berlin",
      CRON_SECRET: "a-secret-of-the-crons",
      ADMIN_TOKEN: "a-token-of-the-operator",
      AUTH_JWKS_URL: "https://login.example.com/keys",
      AUTH_JWT_ISSUER: "https://login.example.com/",
      AUTH_JWT_AUDIENCE: "taktwerk",
      ALLOWED_ORIGINS: "https://a.example, http://localhost:5173 ,https://b.example:8443",
      EVENTS_BASE_URL: "https://taktwerk.example.com//",
      FRONTEND_URL: "https://www.example.com",
      JOB_TIMEOUT_MS: "60000",
      SETTLEMENT_DAYS: "0",
      DEFAULT_WEEKLY_POINTS_GOAL: "700",
      DEFAULT_WEEKLY_POINT_CHALLENGE: "2000",
      EMAIL_FROM: "Das Taktwerk <mail@example.com>",
      EMAIL_PREFERENCES_SECRET: "a-secret-of-the-letters",
      PORT: "0",
      VERCEL: "1",
      VERCEL_ENV: "production",
    });
    expect(parsed).toMatchObject({
      databaseUrl: "postgresql://user:word@db.example/club",
      timeZone: "Europe/Berlin",
      cronSecret: "a-secret-of-the-crons",
      adminToken: "a-token-of-the-operator",
      jwt: { jwksUrl: "https://login.example.com/keys", issuer: "https://login.example.com/", audience: "taktwerk" },
      allowedOrigins: ["https://a.example", "http://localhost:5173", "https://b.example:8443"],
      baseUrl: "https://taktwerk.example.com",
      jobTimeoutMs: 60_000,
      sport: { settlementDays: 0, pointsGoal: 700, pointChallenge: 2000 },
      mail: { from: "Das Taktwerk <mail@example.com>", preferencesSecret: "a-secret-of-the-letters" },
      port: 0,
      onVercel: true,
      production: true,
    });
  });

  it("link to the frontend if no base URL is set", () => {
    expect(parseConfig({ FRONTEND_URL: "https://www.example.com/" }).baseUrl).toBe("https://www.example.com");
  });

  it("may go by their other name, or by both if they agree", () => {
    const secret = "a-secret-of-the-crons";
    expect(parseConfig({ EVENTS_CRON_SECRET: secret }).cronSecret).toBe(secret);
    expect(parseConfig({ CRON_SECRET: secret, EVENTS_CRON_SECRET: secret }).cronSecret).toBe(secret);
    expect(parseConfig({ CRON_SECRET: "", EVENTS_CRON_SECRET: secret }).cronSecret).toBe(secret);
    expect(parseConfig({ EVENTS_TIMEZONE_OFFSET_MINUTES: "60" }).timeZone).toBe("+01:00");
    expect(parseConfig({ EVENTS_TIMEZONE_OFFSET_MINUTES: "60", EVENTS_UTC_OFFSET_MINUTES: "60" }).timeZone).toBe(
      "+01:00",
    );
  });

  it("that go by two names and disagree are wrong, and secrets are not told", () => {
    const message = problem({ CRON_SECRET: "a-secret-of-the-crons", EVENTS_CRON_SECRET: "another-secret-of-theirs" });
    expect(message).toMatch(/CRON_SECRET.*EVENTS_CRON_SECRET/);
    expect(message).not.toMatch(/of-the-crons|of-theirs/);
    const offsets = problem({ EVENTS_UTC_OFFSET_MINUTES: "0", EVENTS_TIMEZONE_OFFSET_MINUTES: "60" });
    expect(offsets).toMatch(/EVENTS_UTC_OFFSET_MINUTES.*EVENTS_TIMEZONE_OFFSET_MINUTES/);
  });

  it.each(["EVENTS_UTC_OFFSET_MINUTES", "EVENTS_TIMEZONE_OFFSET_MINUTES"])("name a zone or %s, not both", (name) => {
    const message = problem({ EVENTS_TIMEZONE: "UTC", [name]: "0" });
    expect(message).toContain("EVENTS_TIMEZONE");
    expect(message).toContain(name);
  });

  it.each([
    ["345", "+05:45"],
    ["0", "+00:00"],
    ["-570", "-09:30"],
    ["-15", "-00:15"],
    ["840", "+14:00"],
    ["-840", "-14:00"],
  ])("make %s minutes the zone %s, in which weeks begin", (minutes, zone) => {
    const { timeZone } = parseConfig({ EVENTS_UTC_OFFSET_MINUTES: minutes });
    expect(timeZone).toBe(zone);
    const week = newestEnded("week", new Date("2026-02-11T12:00:00Z"), timeZone);
    expect(week.start.getTime()).toBe(Date.parse("2026-02-02T00:00:00Z") - Number(minutes) * 60_000);
    expect(localDate(week.start, timeZone)).toBe("2026-02-02");
  });

  it("cannot be changed once they are parsed, however deep", () => {
    const parsed = parseConfig({ ALLOWED_ORIGINS: "https://a.example" });
    for (const part of [parsed, parsed.jwt, parsed.sport, parsed.mail, parsed.allowedOrigins]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(() => Object.assign(parsed.sport, { pointsGoal: 1 })).toThrow(TypeError);
  });
});
