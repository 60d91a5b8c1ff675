import { createPrivateKey } from "node:crypto";
import * as z from "zod";
import { isAddress, readAddress, readMailbox, splitAddresses } from "../email-address.ts";
import { authoritiesIn } from "../network/authorities.ts";
import { isNetwork } from "../network/networks.ts";
import { isZone } from "../time/zone.ts";

/** The mail library sends mails unsigned, without an error, if it cannot use the key. So the key is tried here. */
function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

const url = (example: string) =>
  z.url({ protocol: /^https?$/, error: `a URL such as ${example}` }).transform((value) => value.replace(/\/+$/, ""));

const whole = (min: number, max: number) =>
  z.coerce
    .number({ error: `a whole number from ${min} to ${max}` })
    .int()
    .min(min)
    .max(max);

const secret = z.string().regex(/^\S{16,}$/, { error: "at least 16 characters, no spaces" });

const POSTGRES_URL = { error: "a URL that starts with postgres:// or postgresql://" };

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S/, POSTGRES_URL)
  .refine((url) => URL.canParse(url), POSTGRES_URL);

const mailbox = z.string().refine((written) => readMailbox(written) !== undefined, {
  error: "an address such as Taktwerk <mail@example.com>",
});

const address = z
  .string()
  .trim()
  .superRefine((written, context) => {
    const { reason } = readAddress(written);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
  });

/** A comma-separated list. Spaces around its entries are removed, and empty entries are dropped. */
const list = (entry: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(",").map((entry) => entry.trim()))].filter(Boolean))
    .pipe(z.array(entry));

const CONSULTANTS = { error: 'a JSON object of addresses and names such as {"anna@example.com":"Anna Vogel"}' };

/** A proxy. `http://` may be missing, because other programs accept that too. */
const proxy = z
  .string()
  .transform((text) => (text.includes("://") ? text : `http://${text}`))
  .pipe(z.url({ protocol: /^https?$/, error: "a URL such as http://proxy.example.com:3128" }))
  .optional();

/** Parses JSON in a setting; undefined if it is not JSON, which every schema refuses. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The schema of every setting by its name; it turns a text into a value. An empty text counts as not set (config.ts). */
export const settings = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_URL_UNPOOLED: postgresUrl.optional(),
  POSTGRES_URL: postgresUrl.optional(),
  POSTGRES_URL_NON_POOLING: postgresUrl.optional(),
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
  ALLOWED_ORIGINS: list(
    z.string().regex(/^https?:\/\/[^/\s]+$/, { error: "origins such as https://app.example.com, comma-separated" }),
  ).optional(),
  EVENTS_BASE_URL: url("https://taktwerk.example.com").optional(),
  FRONTEND_URL: url("https://www.example.com").optional(),
  JOB_TIMEOUT_MS: whole(1_000, 86_400_000).default(1_800_000),
  STUCK_JOB_THRESHOLD_MS: whole(60_000, 86_400_000).default(3_600_000),
  HEALTHCHECKS_PING_URL: z
    .string()
    .regex(/^https?:\/\/\S+$/, { error: "a URL such as https://hc-ping.com/<key>/{job}" })
    .optional(),
  SETTLEMENT_DAYS: whole(0, 60).default(7),
  SLOT_AUTOMATION_ENABLED: z.enum(["true", "false"], { error: "true or false" }).default("true"),
  MAX_SLOTS_PER_SERVICE: whole(1, 100_000).default(1000),
  BATCH_SIZE: whole(1, 10_000).default(2500),
  BOOKING_REMINDER_HOURS: whole(0, 720).default(24),
  BOOKING_RETENTION_DAYS: whole(31, 3650).default(365),
  GOOGLE_CALENDAR_IDS: list(
    z.string().regex(/^\S{1,254}$/, { error: "calendar ids such as team@group.calendar.google.com, comma-separated" }),
  ).optional(),
  // A wrong value affects attendance only, so it is checked there (attendance/google/credentials.ts).
  GOOGLE_CREDS_BASE64: z.string().optional(),
  GOOGLE_CALENDAR_URL: url("https://www.googleapis.com").default("https://www.googleapis.com"),
  TRACKING_TIMEZONE: z
    .string()
    .refine(isZone, { error: "an IANA time zone such as Europe/Berlin" })
    .default("Europe/Berlin"),
  CONSULTANTS: z
    .string()
    .transform(parsedJson)
    .pipe(z.record(z.string(), z.string(CONSULTANTS).trim().min(1, CONSULTANTS).max(100, CONSULTANTS), CONSULTANTS))
    .optional(),
  TRACKING_REPORT_TO: z
    .string()
    .transform((text) => [...new Set(splitAddresses(text))])
    .pipe(z.array(z.string().refine(isAddress, { error: "e-mail addresses, comma-separated" })))
    .optional(),
  TRACKING_REPORT_LANGUAGE: z.enum(["de", "en"], { error: "de or en" }).default("de"),
  TRACKING_RETENTION_DAYS: whole(92, 3650).default(400),
  NO_SHOW_ALERT_PERCENT: whole(1, 100).default(20),
  RAW_RETENTION_DAYS: whole(8, 3650).default(30),
  DEFAULT_WEEKLY_POINTS_GOAL: whole(1, 10_000_000).default(500),
  DEFAULT_WEEKLY_POINT_CHALLENGE: whole(1, 10_000_000).default(1500),
  DEFAULT_MONTHLY_POINT_CHALLENGE: whole(1, 10_000_000).default(2000),
  EMAIL_FROM: mailbox.optional(),
  EMAIL_DISPATCH_LIMIT: whole(1, 10_000).default(25),
  EMAIL_RATE_PER_MINUTE: whole(1, 100_000).optional(),
  EMAIL_RETENTION_DAYS: whole(1, 3650).default(30),
  SMTP_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: "a host name such as smtp.example.com" })
    .optional(),
  SMTP_PORT: whole(1, 65_535).optional(),
  SMTP_SECURE: z.enum(["true", "false"], { error: "true (TLS from the start) or false (STARTTLS)" }).optional(),
  SMTP_CONNECTIONS: whole(1, 100).default(10),
  SMTP_USER: z.string().optional(),
  SMTP_PASSWORD: z.string().optional(),
  SMTP_PASS: z.string().optional(),
  SMTP_TLS_CA: z.string().transform(authoritiesIn).optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  DKIM_PRIVATE_KEY: z
    .string()
    .transform((pem) => pem.replace(/\\n/g, "\n"))
    .refine(isPrivateKey, { error: "a private key in PEM" })
    .optional(),
  ALERT_EMAIL: address.optional(),
  ALERT_PREFIX: z
    .string()
    .regex(/^[^\r\n]{1,60}$/, { error: "at most 60 characters in one line" })
    .default("[Sportify Alert]"),
  EMAIL_PREFERENCES_SECRET: secret.optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, { error: "a URL that starts with redis:// or rediss://" })
    .refine((url) => URL.canParse(url), { error: "a URL that starts with redis:// or rediss://" })
    .optional(),
  RATE_LIMIT_READS: whole(0, 1_000_000).default(300),
  RATE_LIMIT_WRITES: whole(0, 1_000_000).default(60),
  RATE_LIMIT_EVENTS: whole(0, 1_000_000).default(600),
  RATE_LIMIT_REFUSALS: whole(0, 1_000_000).default(30),
  RATE_LIMIT_PREFLIGHTS: whole(0, 1_000_000).default(600),
  LOG_LEVEL: z.enum(["info", "warn", "error", "off"], { error: "info, warn, error or off" }).default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"], { error: "json or pretty" }).default("json"),
  PORT: whole(0, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: "an address to listen on such as 127.0.0.1" })
    .default("127.0.0.1"),
  TRUSTED_PROXIES: list(
    z.string().refine(isNetwork, { error: "addresses or networks such as 10.0.0.0/8, comma-separated" }),
  ).optional(),
  HTTPS_PROXY: proxy,
  https_proxy: proxy,
  NO_PROXY: list(z.string()).optional(),
  no_proxy: list(z.string()).optional(),
  SENTRY_DSN: z
    .string()
    .regex(/^https?:\/\/\w+@[^/\s@]+(\/[^\s@]*)?\/\d+$/, {
      error: "a DSN such as https://<key>@<id>.ingest.sentry.io/<project>",
    })
    .optional(),
  SENTRY_ENVIRONMENT: z
    .string()
    .regex(/^[^\s/]{1,64}$/, { error: "at most 64 characters, no spaces, no slashes" })
    .optional(),
  VERCEL: z.string().optional(),
  VERCEL_ENV: z.enum(["production", "preview", "development"]).optional(),
  VERCEL_GIT_COMMIT_SHA: z.string().optional(),
});

export type Settings = z.output<typeof settings>;

/** Settings whose value must not appear in an error, a log or a response: secrets, and people's names and addresses. */
export const SECRET =
  /SECRET|TOKEN|PASS|DATABASE_URL|POSTGRES_\w*URL|REDIS_URL|CREDS|PRIVATE_KEY|PING_URL|CONSULTANTS|REPORT_TO|CALENDAR_IDS|SENTRY_DSN|^HTTPS_PROXY$|^https_proxy$/;
