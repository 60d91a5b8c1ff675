import { createPrivateKey } from "node:crypto";
import { isAddress, readAddress, readMailbox, splitAddresses } from "../email-address.ts";
import { authoritiesIn } from "../network/authorities.ts";
import { isNetwork } from "../network/networks.ts";
import { isZone } from "../time/zone.ts";
import {
  anyText,
  baseUrl,
  list,
  matching,
  oneOf,
  optional,
  type Reader,
  refuse,
  textsByName,
  textThat,
  webUrl,
  whole,
  withDefault,
} from "./readers.ts";

/** The mail library sends mails unsigned, without an error, if it cannot use the key. So the key is tried here. */
function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

const secret = matching(/^\S{16,}$/, "at least 16 characters, no spaces");

const postgresUrl = textThat(
  (text) => /^postgres(ql)?:\/\/\S/.test(text) && URL.canParse(text),
  "a URL that starts with postgres:// or postgresql://",
);

const mailbox = textThat((text) => readMailbox(text) !== undefined, "an address such as Taktwerk <mail@example.com>");

const address: Reader<string> = (text) => {
  const { address, reason } = readAddress(text);
  return address ?? refuse(reason);
};

const zone = textThat(isZone, "an IANA time zone such as Europe/Berlin");

/** A proxy. `http://` may be missing, because other programs accept that too. */
const proxy: Reader<string> = (text) =>
  webUrl("http://proxy.example.com:3128")(text.includes("://") ? text : `http://${text}`);

/** The reader of every setting by its name. It gets undefined for a setting that is not set; an empty text counts as such (config.ts). */
export const settings = {
  DATABASE_URL: optional(postgresUrl),
  DATABASE_URL_UNPOOLED: optional(postgresUrl),
  POSTGRES_URL: optional(postgresUrl),
  POSTGRES_URL_NON_POOLING: optional(postgresUrl),
  EVENTS_TIMEZONE: optional(zone),
  EVENTS_UTC_OFFSET_MINUTES: optional(whole(-840, 840)),
  EVENTS_TIMEZONE_OFFSET_MINUTES: optional(whole(-840, 840)),
  CRON_SECRET: optional(secret),
  EVENTS_CRON_SECRET: optional(secret),
  ADMIN_TOKEN: optional(secret),
  CONSOLE_SECRET: optional(textThat(({ length }) => length >= 32, "at least 32 characters")),
  AUTH_JWKS_URL: optional(baseUrl("https://login.example.com/.well-known/jwks.json")),
  AUTH_JWT_SECRET: optional(textThat(({ length }) => length >= 32, "at least 32 characters (HS256)")),
  AUTH_JWT_ISSUER: optional(anyText),
  AUTH_JWT_AUDIENCE: optional(anyText),
  ALLOWED_ORIGINS: optional(
    list(matching(/^https?:\/\/[^/\s]+$/, "origins such as https://app.example.com, comma-separated")),
  ),
  EVENTS_BASE_URL: optional(baseUrl("https://taktwerk.example.com")),
  FRONTEND_URL: optional(baseUrl("https://www.example.com")),
  JOB_TIMEOUT_MS: withDefault(1_800_000, whole(1_000, 86_400_000)),
  STUCK_JOB_THRESHOLD_MS: withDefault(3_600_000, whole(60_000, 86_400_000)),
  HEALTHCHECKS_PING_URL: optional(matching(/^https?:\/\/\S+$/, "a URL such as https://hc-ping.com/<key>/{job}")),
  SETTLEMENT_DAYS: withDefault(7, whole(0, 60)),
  SLOT_AUTOMATION_ENABLED: withDefault("true", oneOf(["true", "false"], "true or false")),
  MAX_SLOTS_PER_SERVICE: withDefault(1000, whole(1, 100_000)),
  BATCH_SIZE: withDefault(2500, whole(1, 10_000)),
  BOOKING_REMINDER_HOURS: withDefault(24, whole(0, 720)),
  BOOKING_RETENTION_DAYS: withDefault(365, whole(31, 3650)),
  GOOGLE_CALENDAR_IDS: optional(
    list(matching(/^\S{1,254}$/, "calendar ids such as team@group.calendar.google.com, comma-separated")),
  ),
  // A wrong value affects attendance only, so it is checked there (attendance/google/credentials.ts).
  GOOGLE_CREDS_BASE64: optional(anyText),
  GOOGLE_CALENDAR_URL: withDefault("https://www.googleapis.com", baseUrl("https://www.googleapis.com")),
  TRACKING_TIMEZONE: withDefault("Europe/Berlin", zone),
  CONSULTANTS: optional(
    textsByName(100, 'a JSON object of addresses and names such as {"anna@example.com":"Anna Vogel"}'),
  ),
  TRACKING_REPORT_TO: optional(list(textThat(isAddress, "e-mail addresses, comma-separated"), splitAddresses)),
  TRACKING_REPORT_LANGUAGE: withDefault("de", oneOf(["de", "en"], "de or en")),
  TRACKING_RETENTION_DAYS: withDefault(400, whole(92, 3650)),
  NO_SHOW_ALERT_PERCENT: withDefault(20, whole(1, 100)),
  RAW_RETENTION_DAYS: withDefault(30, whole(8, 3650)),
  DEFAULT_WEEKLY_POINTS_GOAL: withDefault(500, whole(1, 10_000_000)),
  DEFAULT_WEEKLY_POINT_CHALLENGE: withDefault(1500, whole(1, 10_000_000)),
  DEFAULT_MONTHLY_POINT_CHALLENGE: withDefault(2000, whole(1, 10_000_000)),
  EMAIL_FROM: optional(mailbox),
  EMAIL_DISPATCH_LIMIT: withDefault(25, whole(1, 10_000)),
  EMAIL_RATE_PER_MINUTE: optional(whole(1, 100_000)),
  EMAIL_RETENTION_DAYS: withDefault(30, whole(1, 3650)),
  SMTP_HOST: optional(matching(/^[\w.:-]+$/, "a host name such as smtp.example.com")),
  SMTP_PORT: optional(whole(1, 65_535)),
  SMTP_SECURE: optional(oneOf(["true", "false"], "true (TLS from the start) or false (STARTTLS)")),
  SMTP_CONNECTIONS: withDefault(10, whole(1, 100)),
  SMTP_USER: optional(anyText),
  SMTP_PASSWORD: optional(anyText),
  SMTP_PASS: optional(anyText),
  SMTP_TLS_CA: optional((text) => authoritiesIn(text, refuse)),
  DKIM_DOMAIN: optional(anyText),
  DKIM_SELECTOR: optional(anyText),
  DKIM_PRIVATE_KEY: optional((text) => textThat(isPrivateKey, "a private key in PEM")(text.replace(/\\n/g, "\n"))),
  ALERT_EMAIL: optional(address),
  ALERT_PREFIX: withDefault("[Sportify Alert]", matching(/^[^\r\n]{1,60}$/, "at most 60 characters in one line")),
  EMAIL_PREFERENCES_SECRET: optional(secret),
  REDIS_URL: optional(
    textThat(
      (text) => /^rediss?:\/\/\S+$/.test(text) && URL.canParse(text),
      "a URL that starts with redis:// or rediss://",
    ),
  ),
  RATE_LIMIT_READS: withDefault(300, whole(0, 1_000_000)),
  RATE_LIMIT_WRITES: withDefault(60, whole(0, 1_000_000)),
  RATE_LIMIT_EVENTS: withDefault(600, whole(0, 1_000_000)),
  RATE_LIMIT_REFUSALS: withDefault(30, whole(0, 1_000_000)),
  RATE_LIMIT_PREFLIGHTS: withDefault(600, whole(0, 1_000_000)),
  LOG_LEVEL: withDefault("info", oneOf(["info", "warn", "error", "off"], "info, warn, error or off")),
  LOG_FORMAT: withDefault("json", oneOf(["json", "pretty"], "json or pretty")),
  PORT: withDefault(3000, whole(0, 65_535)),
  HOST: withDefault("127.0.0.1", matching(/^[\w.:-]+$/, "an address to listen on such as 127.0.0.1")),
  TRUSTED_PROXIES: optional(list(textThat(isNetwork, "addresses or networks such as 10.0.0.0/8, comma-separated"))),
  HTTPS_PROXY: optional(proxy),
  https_proxy: optional(proxy),
  NO_PROXY: optional(list(anyText)),
  no_proxy: optional(list(anyText)),
  SENTRY_DSN: optional(
    matching(
      /^https?:\/\/\w+@[^/\s@]+(\/[^\s@]*)?\/\d+$/,
      "a DSN such as https://<key>@<id>.ingest.sentry.io/<project>",
    ),
  ),
  SENTRY_ENVIRONMENT: optional(matching(/^[^\s/]{1,64}$/, "at most 64 characters, no spaces, no slashes")),
  VERCEL: optional(anyText),
  VERCEL_ENV: optional(oneOf(["production", "preview", "development"], 'one of "production"|"preview"|"development"')),
  VERCEL_GIT_COMMIT_SHA: optional(anyText),
};

export type Settings = { readonly [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]> };

/** Settings whose value must not appear in an error, a log or a response: secrets, and people's names and addresses. */
export const SECRET =
  /SECRET|TOKEN|PASS|DATABASE_URL|POSTGRES_\w*URL|REDIS_URL|CREDS|PRIVATE_KEY|PING_URL|CONSULTANTS|REPORT_TO|CALENDAR_IDS|SENTRY_DSN|^HTTPS_PROXY$|^https_proxy$/;
