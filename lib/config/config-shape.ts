import type { LogSettings } from "../log.ts";

/** What the settings of a deployment come to; config.ts makes it of the environment. */

export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the start; otherwise STARTTLS. */
  secure: boolean;
  /** How many a run opens at most. */
  connections: number;
  user: string | undefined;
  password: string | undefined;
  /** Certificates in PEM of private authorities that may vouch for the server. */
  authorities: readonly string[];
}

/** A URL of a database, and the setting that it comes from. */
export interface DatabaseSetting {
  setting: string;
  url: string;
}

export interface Config {
  databaseUrl: string | undefined;
  /** The database for requests, and its unpooled address for migrations if there is one. */
  database: { main: DatabaseSetting | undefined; unpooled: DatabaseSetting | undefined };
  /** IANA name or fixed offset (`+05:45`): the zone in which weeks and months begin. */
  timeZone: string;
  cronSecret: string | undefined;
  adminToken: string | undefined;
  /** Signs the sessions of operators in the console. */
  consoleSecret: string | undefined;
  jwt: {
    jwksUrl?: string | undefined;
    secret?: string | undefined;
    issuer?: string | undefined;
    audience?: string | undefined;
  };
  allowedOrigins: readonly string[];
  /** The URL of this deployment, for calls to itself and links in mails. */
  baseUrl: string | undefined;
  jobTimeoutMs: number;
  /** A run that has been running for longer than this is stuck, in milliseconds. */
  stuckJobMs: number;
  /** The URL of an outside watchdog; `{job}` is replaced by the job's name. */
  pingUrl: string | undefined;
  sport: { settlementDays: number; pointsGoal: number; pointChallenge: number; monthlyChallenge: number };
  slots: {
    /** Off: maintenance does nothing. */
    automated: boolean;
    /** How many slots a service may have ahead. */
    mostPerService: number;
    /** How many slots one transaction writes. */
    batchSize: number;
  };
  tracking: {
    calendarIds: readonly string[];
    /** A service account's key as base64 JSON, unread. */
    credentials: string | undefined;
    /** The URL of Google Calendar. */
    apiUrl: string;
    /** In which days and hours of appointments are local. */
    zone: string;
    /** Names by address, in lower case. */
    consultants: Readonly<Record<string, string>>;
    reportTo: readonly string[];
    reportLanguage: "de" | "en";
    /** How long after an appointment its title and people are kept. */
    retentionDays: number;
    /** A 7-day no-show rate above this (percent) is an incident. */
    noShowAlertPercent: number;
  };
  bookings: {
    /** How long before a booking its reminder goes out; 0 for none. */
    reminderHours: number;
    /** How long after a booking its customer's data is kept. */
    retentionDays: number;
  };
  site: {
    /** How long events are kept as received. */
    rawRetentionDays: number;
  };
  mail: {
    from: string | undefined;
    preferencesSecret: string | undefined;
    dispatchLimit: number;
    ratePerMinute: number | undefined;
    retentionDays: number;
    dkim: { domain: string; selector: string; privateKey: string } | undefined;
  };
  smtp: SmtpSettings | undefined;
  alerts: { to: string | undefined; prefix: string };
  /** How many requests a minute one caller may make; 0 for any number. */
  rateLimits: { reads: number; writes: number; events: number; refusals: number; preflights: number };
  /** Redis, in which instances count requests together; without it, they use the database. */
  redisUrl: string | undefined;
  /** What calls to elsewhere go through, and the hosts that they reach without it. */
  proxy: { url: string | undefined; except: string[] };
  /** The address on which a self-hosted server listens. */
  host: string;
  /** Which log lines are written, and how. */
  log: LogSettings;
  /** The error tracker, which receives errors and check-ins. */
  sentry: { dsn: string; environment: string; release: string | undefined } | undefined;
  /** Values that no text of ours may show, the longest first. */
  secrets: readonly string[];
  port: number;
  /** Networks of proxies whose word on a caller's address counts, beside this machine itself. */
  trustedProxies: readonly string[];
  onVercel: boolean;
  production: boolean;
  /** A deployment to try things out on, with the crons of which nothing may be changed. */
  preview: boolean;
}
