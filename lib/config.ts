import * as z from "zod";
import { AppError } from "./errors.ts";

/**
 * The only reader of the environment. Every setting is parsed once, named in full in its error, and frozen.
 * A setting that is empty counts as not set, since hosting consoles cannot tell the two apart.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const url = (example: string) =>
  z.url({ protocol: /^https?$/, error: `a URL such as ${example}` }).transform((value) => value.replace(/\/+$/, ""));

const whole = (min: number, max: number) =>
  z.coerce
    .number({ error: `a whole number from ${min} to ${max}` })
    .int()
    .min(min)
    .max(max);

const secret = z.string().regex(/^\S{16,}$/, { error: "at least 16 characters, no spaces" });

const settings = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S/, { error: "a URL that starts with postgres:// or postgresql://" })
    .refine((url) => URL.canParse(url), { error: "a URL that starts with postgres:// or postgresql://" })
    .optional(),
  EVENTS_TIMEZONE: z.string().refine(isZone, { error: "an IANA time zone such as Europe/Berlin" }).optional(),
  EVENTS_UTC_OFFSET_MINUTES: whole(-840, 840).optional(),
  EVENTS_TIMEZONE_OFFSET_MINUTES: whole(-840, 840).optional(),
  CRON_SECRET: secret.optional(),
  EVENTS_CRON_SECRET: secret.optional(),
  ADMIN_TOKEN: secret.optional(),
  AUTH_JWKS_URL: url("https://login.example.com/.well-known/jwks.json").optional(),
  AUTH_JWT_SECRET: z.string().min(32, { error: "at least 32 characters (HS256)" }).optional(),
  AUTH_JWT_ISSUER: z.string().optional(),
  AUTH_JWT_AUDIENCE: z.string().optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(",").map((origin) => origin.trim()))
    .pipe(
      z.array(
        z.string().regex(/^https?:\/\/[^/\s]+$/, { error: "origins such as https://app.example.com, comma-separated" }),
      ),
    )
    .optional(),
  EVENTS_BASE_URL: url("https://taktwerk.example.com").optional(),
  FRONTEND_URL: url("https://www.example.com").optional(),
  JOB_TIMEOUT_MS: whole(1_000, 86_400_000).default(1_800_000),
  SETTLEMENT_DAYS: whole(0, 60).default(7),
  DEFAULT_WEEKLY_POINTS_GOAL: whole(1, 10_000_000).default(500),
  DEFAULT_WEEKLY_POINT_CHALLENGE: whole(1, 10_000_000).default(1500),
  EMAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\s@]+$|^[^\r\n]*<[^\s@]+@[^\s@]+>$/, {
      error: "an address such as Taktwerk <mail@example.com>",
    })
    .optional(),
  EMAIL_PREFERENCES_SECRET: secret.optional(),
  PORT: whole(0, 65_535).default(3000),
  VERCEL: z.string().optional(),
  VERCEL_ENV: z.enum(["production", "preview", "development"]).optional(),
});

/** Settings whose value must not appear in an error, a log or an answer. */
const SECRET = /SECRET|TOKEN|PASS|DATABASE_URL|CREDS/;

export interface Config {
  databaseUrl: string | undefined;
  /** IANA name or fixed offset (`+05:45`): the zone in which weeks and months begin. */
  timeZone: string;
  cronSecret: string | undefined;
  adminToken: string | undefined;
  jwt: {
    jwksUrl?: string | undefined;
    secret?: string | undefined;
    issuer?: string | undefined;
    audience?: string | undefined;
  };
  allowedOrigins: readonly string[];
  /** Where this deployment answers, for calls to itself and links in mails. */
  baseUrl: string | undefined;
  jobTimeoutMs: number;
  sport: { settlementDays: number; pointsGoal: number; pointChallenge: number };
  mail: { from: string | undefined; preferencesSecret: string | undefined };
  port: number;
  onVercel: boolean;
  production: boolean;
}

/**
 * Parses an environment into the frozen configuration.
 * @throws AppError `misconfigured`, one sentence for each wrong setting: its name, what was expected, what was found.
 */
export function parseConfig(environment: Environment): Readonly<Config> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw misconfigured([...new Set(parsed.error.issues.map((issue) => explain(issue, given)))]);
  const env = parsed.data;

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
    databaseUrl: env.DATABASE_URL,
    timeZone: env.EVENTS_TIMEZONE ?? (offset === undefined ? "UTC" : offsetZone(offset)),
    cronSecret: oneOf("CRON_SECRET", env.CRON_SECRET, "EVENTS_CRON_SECRET", env.EVENTS_CRON_SECRET),
    adminToken: env.ADMIN_TOKEN,
    jwt: {
      jwksUrl: env.AUTH_JWKS_URL,
      secret: env.AUTH_JWT_SECRET,
      issuer: env.AUTH_JWT_ISSUER,
      audience: env.AUTH_JWT_AUDIENCE,
    },
    allowedOrigins: env.ALLOWED_ORIGINS ?? [],
    baseUrl: env.EVENTS_BASE_URL ?? env.FRONTEND_URL,
    jobTimeoutMs: env.JOB_TIMEOUT_MS,
    sport: {
      settlementDays: env.SETTLEMENT_DAYS,
      pointsGoal: env.DEFAULT_WEEKLY_POINTS_GOAL,
      pointChallenge: env.DEFAULT_WEEKLY_POINT_CHALLENGE,
    },
    mail: { from: env.EMAIL_FROM, preferencesSecret: env.EMAIL_PREFERENCES_SECRET },
    port: env.PORT,
    onVercel: env.VERCEL !== undefined,
    production: env.VERCEL_ENV === "production",
  });
}

let current: Readonly<Config> | undefined;

/** The configuration of this process, parsed at first use. */
export function config(): Readonly<Config> {
  current ??= parseConfig(process.env);
  return current;
}

/** Sets the configuration of this process: the local run adds its defaults to the environment, tests state theirs. */
export function configure(environment: Environment): Readonly<Config> {
  current = parseConfig(environment);
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

function explain(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0] ?? "environment");
  const found = SECRET.test(name) ? "another value (not shown)" : JSON.stringify(given[name]);
  return `${name}: expected ${issue.message.replace(/^Invalid \w+: expected /, "")}, got ${found}`;
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
