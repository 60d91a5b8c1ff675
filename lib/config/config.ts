import { readAddress } from "../email-address.ts";
import { AppError } from "../errors.ts";
import { setLogging } from "../log.ts";
import type { Config, DatabaseSetting, SmtpSettings } from "./config-shape.ts";
import { Unreadable } from "./readers.ts";
import { SECRET, type Settings, settings } from "./settings.ts";

export type { Config, SmtpSettings };

/**
 * The only reader of the environment. Every setting is parsed once, named in full in its error, and frozen.
 * A setting that is empty counts as not set, since hosting consoles cannot tell the two apart.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses an environment into the frozen configuration.
 * @throws AppError `misconfigured`, one sentence for each wrong setting: its name, what was expected, what was found.
 */
export function parseConfig(environment: Environment): Readonly<Config> {
  const nonEmpty = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const env = readSettings(nonEmpty);

  const offset = oneOf(
    "EVENTS_UTC_OFFSET_MINUTES",
    env.EVENTS_UTC_OFFSET_MINUTES,
    "EVENTS_TIMEZONE_OFFSET_MINUTES",
    env.EVENTS_TIMEZONE_OFFSET_MINUTES,
  );
  if (env.EVENTS_TIMEZONE !== undefined && offset !== undefined) {
    const { EVENTS_UTC_OFFSET_MINUTES: minutes } = env;
    const name = minutes === undefined ? "EVENTS_TIMEZONE_OFFSET_MINUTES" : "EVENTS_UTC_OFFSET_MINUTES";
    throw misconfigured([`EVENTS_TIMEZONE: expected either a zone or ${name}, got both`]);
  }
  if (env.AUTH_JWT_SECRET !== undefined && env.AUTH_JWKS_URL !== undefined) {
    throw misconfigured(["AUTH_JWT_SECRET: expected either this or AUTH_JWKS_URL, got both"]);
  }
  return deepFreeze({
    databaseUrl: env.DATABASE_URL ?? env.POSTGRES_URL,
    database: {
      main: firstOf(env, "DATABASE_URL", "POSTGRES_URL"),
      unpooled: firstOf(env, "DATABASE_URL_UNPOOLED", "POSTGRES_URL_NON_POOLING"),
    },
    timeZone: env.EVENTS_TIMEZONE ?? (offset === undefined ? "UTC" : offsetZone(offset)),
    cronSecret: oneOf("CRON_SECRET", env.CRON_SECRET, "EVENTS_CRON_SECRET", env.EVENTS_CRON_SECRET),
    adminToken: env.ADMIN_TOKEN,
    consoleSecret: env.CONSOLE_SECRET,
    jwt: {
      jwksUrl: env.AUTH_JWKS_URL,
      secret: env.AUTH_JWT_SECRET,
      issuer: env.AUTH_JWT_ISSUER,
      audience: env.AUTH_JWT_AUDIENCE,
    },
    allowedOrigins: env.ALLOWED_ORIGINS ?? [],
    baseUrl: env.EVENTS_BASE_URL ?? env.FRONTEND_URL,
    jobTimeoutMs: env.JOB_TIMEOUT_MS,
    stuckJobMs: env.STUCK_JOB_THRESHOLD_MS,
    pingUrl: env.HEALTHCHECKS_PING_URL,
    sport: {
      settlementDays: env.SETTLEMENT_DAYS,
      pointsGoal: env.DEFAULT_WEEKLY_POINTS_GOAL,
      pointChallenge: env.DEFAULT_WEEKLY_POINT_CHALLENGE,
      monthlyChallenge: env.DEFAULT_MONTHLY_POINT_CHALLENGE,
    },
    slots: {
      automated: env.SLOT_AUTOMATION_ENABLED === "true",
      mostPerService: env.MAX_SLOTS_PER_SERVICE,
      batchSize: env.BATCH_SIZE,
    },
    tracking: {
      calendarIds: env.GOOGLE_CALENDAR_IDS ?? [],
      credentials: env.GOOGLE_CREDS_BASE64,
      apiUrl: env.GOOGLE_CALENDAR_URL,
      zone: env.TRACKING_TIMEZONE,
      consultants: byAddress(env.CONSULTANTS ?? {}),
      reportTo: env.TRACKING_REPORT_TO ?? [],
      reportLanguage: env.TRACKING_REPORT_LANGUAGE,
      retentionDays: env.TRACKING_RETENTION_DAYS,
      noShowAlertPercent: env.NO_SHOW_ALERT_PERCENT,
    },
    site: { rawRetentionDays: env.RAW_RETENTION_DAYS },
    bookings: { reminderHours: env.BOOKING_REMINDER_HOURS, retentionDays: env.BOOKING_RETENTION_DAYS },
    mail: {
      from: env.EMAIL_FROM ?? addressOf(env.SMTP_USER),
      preferencesSecret: env.EMAIL_PREFERENCES_SECRET,
      dispatchLimit: env.EMAIL_DISPATCH_LIMIT,
      ratePerMinute: env.EMAIL_RATE_PER_MINUTE,
      retentionDays: env.EMAIL_RETENTION_DAYS,
      dkim: dkimOf(env),
    },
    smtp: smtpOf(env),
    alerts: { to: env.ALERT_EMAIL ?? addressOf(env.SMTP_USER), prefix: env.ALERT_PREFIX },
    rateLimits: {
      reads: env.RATE_LIMIT_READS,
      writes: env.RATE_LIMIT_WRITES,
      events: env.RATE_LIMIT_EVENTS,
      refusals: env.RATE_LIMIT_REFUSALS,
      preflights: env.RATE_LIMIT_PREFLIGHTS,
    },
    redisUrl: env.REDIS_URL,
    log: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
    // Both spellings are in use; curl and others take the small one first.
    proxy: { url: env.https_proxy ?? env.HTTPS_PROXY, except: env.no_proxy ?? env.NO_PROXY ?? [] },
    host: env.HOST,
    sentry: sentryOf(env),
    secrets: secretsOf(nonEmpty),
    port: env.PORT,
    trustedProxies: env.TRUSTED_PROXIES ?? [],
    onVercel: env.VERCEL !== undefined,
    production: env.VERCEL_ENV === "production",
    preview: env.VERCEL_ENV === "preview",
  });
}

/** @throws AppError `misconfigured` that names all settings that cannot be read. */
function readSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([name, read]) => {
    const text = environment[name];
    try {
      return [name, read(text)];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push(`${name}: expected ${error.message}, got ${shown(name, text)}`);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw misconfigured(problems);
  return Object.fromEntries(values) as Settings;
}

/** The first of these settings that is set: hosts name the same database in several ways. */
function firstOf(env: Settings, ...names: (keyof Settings & `${string}URL${string}`)[]): DatabaseSetting | undefined {
  for (const setting of names) {
    const url = env[setting];
    if (typeof url === "string") return { setting, url };
  }
  return undefined;
}

function sentryOf(env: Settings): Config["sentry"] {
  const { SENTRY_DSN: dsn, SENTRY_ENVIRONMENT, VERCEL_ENV = "development", VERCEL_GIT_COMMIT_SHA: release } = env;
  return dsn === undefined ? undefined : { dsn, environment: SENTRY_ENVIRONMENT ?? VERCEL_ENV, release };
}

/** A secret that is shorter is a word, which would be missed in every text. */
const SHORTEST_SECRET = 6;

/**
 * The values of secret settings, the passwords in those that are URLs, and what else of the environment is named like them.
 */
function secretsOf(environment: Environment): string[] {
  const values = Object.entries(environment).flatMap(([name, value = ""]) => {
    if (!SECRET.test(name)) return [];
    const { password = "" } = URL.parse(value.includes("://") ? value : `http://${value}`) ?? {};
    return [value.trim(), password, ...decoded(password)];
  });
  return [...new Set(values)].filter(({ length }) => length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}

function decoded(text: string): string[] {
  try {
    return [decodeURIComponent(text)];
  } catch {
    return []; // a malformed encoding means that the text is not encoded
  }
}

function smtpOf(env: Settings): SmtpSettings | undefined {
  const password = oneOf("SMTP_PASSWORD", env.SMTP_PASSWORD, "SMTP_PASS", env.SMTP_PASS);
  if (env.SMTP_HOST === undefined) return undefined;
  if ((env.SMTP_USER === undefined) !== (password === undefined)) {
    throw misconfigured(["SMTP_PASSWORD: expected together with SMTP_USER, got one of them"]);
  }
  const secure = env.SMTP_SECURE === undefined ? env.SMTP_PORT === 465 : env.SMTP_SECURE === "true";
  const port = env.SMTP_PORT ?? (secure ? 465 : 587);
  const { SMTP_HOST: host, SMTP_CONNECTIONS: connections, SMTP_USER: user, SMTP_TLS_CA: authorities = [] } = env;
  return { host, port, secure, connections, user, password, authorities };
}

function dkimOf(env: Settings): Config["mail"]["dkim"] {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: privateKey } = env;
  if (domain !== undefined && selector !== undefined && privateKey !== undefined) {
    return { domain, selector, privateKey };
  }
  const present = Object.entries({ domain, selector, privateKey }).filter(([, value]) => value !== undefined);
  if (present.length === 0) return undefined;
  throw misconfigured([`DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY: expected all three, got ${present.length}`]);
}

const addressOf = (user = ""): string | undefined => readAddress(user).address;

const byAddress = (names: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([address, name]) => [address.trim().toLowerCase(), name]));

let current: Readonly<Config> | undefined;

/** The configuration of this process, parsed at first use. */
export function config(): Readonly<Config> {
  return current ?? configure(process.env);
}

/** Sets the configuration of this process: the local run adds its defaults to the environment, tests state theirs. */
export function configure(environment: Environment): Readonly<Config> {
  current = parseConfig(environment);
  setLogging(current.log);
  return current;
}

/** The environment as it is, for the local run to add its defaults to. */
export function environment(): Environment {
  return process.env;
}

/** The value of a setting that goes by two names; two different values are an error. */
function oneOf<T>(name: string, value: T | undefined, alias: string, other: T | undefined): T | undefined {
  if (value !== undefined && other !== undefined && value !== other) {
    throw misconfigured([`${name}: expected the same value as its alias ${alias}, got two different ones`]);
  }
  return value ?? other;
}

/** Longer values are keys or certificates, and are not shown. */
const LONGEST_SHOWN = 200;

function shown(name: string, text = ""): string {
  const hidden = SECRET.test(name) || text.length > LONGEST_SHOWN;
  return hidden ? "another value (not shown)" : JSON.stringify(text);
}

function misconfigured(sentences: string[]): AppError {
  return new AppError("misconfigured", sentences.join("; "));
}

/** A fixed offset in the form both Intl and Temporal read as a zone, for example -570 -> `-09:30`. */
function offsetZone(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function deepFreeze<T extends object>(value: T): Readonly<T> {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
