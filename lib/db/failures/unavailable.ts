import { DrizzleQueryError } from "drizzle-orm";
import { AppError, describeError } from "../../errors.ts";
import { isNeonFault } from "../drivers/neon-errors.ts";
import { isConnectionLost } from "./retry.ts";

/** Why the database cannot run a correct statement at the moment. */
export type Outage = "unreachable" | "starting" | "read-only" | "full" | "busy";

/**
 * SQLSTATEs (https://www.postgresql.org/docs/current/errcodes-appendix.html) of faults of the server. Faults of sign-in (28…,
 * 3D000) happen while connecting, so they concern the settings and the server, and never a caller.
 */
const BY_CODE: Readonly<Record<string, Outage>> = {
  "25006": "read-only", // read_only_sql_transaction
  "25P03": "unreachable", // idle_in_transaction_session_timeout
  "25P04": "busy", // transaction_timeout
  "28000": "unreachable", // invalid_authorization_specification
  "28P01": "unreachable", // invalid_password
  "3D000": "unreachable", // invalid_catalog_name
  "40001": "busy", // serialization_failure, several times in a row
  "40P01": "busy", // deadlock_detected, likewise
  "53100": "full", // disk_full; Neon: the project's size limit
  "53200": "busy", // out_of_memory
  "53300": "busy", // too_many_connections
  "55P03": "busy", // lock_not_available
  "57014": "busy", // query_canceled
  "57P01": "unreachable", // admin_shutdown
  "57P02": "unreachable", // crash_shutdown
  "57P03": "starting", // cannot_connect_now
  "57P05": "unreachable", // idle_session_timeout
  "58000": "full", // system_error
  "58030": "full", // io_error
};

/** The message of each kind of outage for clients, and the seconds after which they should retry. */
const MESSAGES: Readonly<Record<Outage, { sentence: string; retryAfter: number }>> = {
  unreachable: { sentence: "The database cannot be reached. Send the request again later.", retryAfter: 5 },
  starting: { sentence: "The database is starting. Send the request again in a few seconds.", retryAfter: 5 },
  "read-only": { sentence: "The database is read-only at the moment. Send the request again later.", retryAfter: 60 },
  full: { sentence: "The database's disk is full or faulty. Send the request again later.", retryAfter: 60 },
  busy: { sentence: "The database is busy. Send the request again in a few seconds.", retryAfter: 2 },
};

/** The outage that an error means; undefined for other errors. Also looks at the error's causes. */
export function whyUnavailable(error: unknown): Outage | undefined {
  if (error instanceof Event) return "unreachable"; // a WebSocket to the database reports a broken connection this way
  const chain = chainOf(error);
  const own = chain.find((link) => link instanceof DatabaseUnavailable);
  if (own !== undefined) return own.outage;
  if (chain.some((link) => link instanceof AppError)) return undefined; // it already has a meaning of its own
  for (const link of chain) {
    const outage = isOfServer(link) ? (BY_CODE[link.code] ?? classOf(link.code)) : undefined;
    if (outage !== undefined) return outage;
  }
  if (chain.some(isNeonFault)) return "unreachable";
  if (chain.some(isOfDatabase) && chain.some(({ name }) => name === "TimeoutError")) return "busy"; // the limit in neon.ts
  return chain.some(isOfDatabase) && chain.some(neverOpened) ? "unreachable" : undefined;
}

/** Includes faults that a retry does not solve: no socket at its path, no TLS, a certificate that is not trusted. */
const neverOpened = (error: Error): boolean =>
  isConnectionLost(error) ||
  /does not support SSL|certificate/i.test(error.message) ||
  (marked.has(error) && "code" in error && error.code === "ENOENT");

/** The error for clients if the database is unavailable: 503 with `Retry-After`. */
export class DatabaseUnavailable extends AppError {
  readonly outage: Outage;

  constructor(outage: Outage, cause?: unknown) {
    const { sentence, retryAfter } = MESSAGES[outage];
    super("unavailable", sentence, { cause, headers: { "Retry-After": String(retryAfter) } });
    this.outage = outage;
  }
}

/** Turns an error of an unavailable database into the error for clients; returns other errors unchanged. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  const outage = whyUnavailable(error);
  return outage === undefined ? error : new DatabaseUnavailable(outage, error);
}

/** Explains an error to a person at a terminal: its meaning, the database's own message, and a remedy. */
export function explainError(error: unknown): { code: string; message: string } {
  const outage = whyUnavailable(error);
  if (outage === undefined) return describeError(error);
  const { code, message } = wordsOf(error);
  const said = MESSAGES[outage].sentence.replace(/ Send the request.*/, "");
  return { code: "unavailable", message: `${said} It said: ${message || "nothing"} (${code}). ${REMEDIES[outage]}` };
}

/** The innermost error: the message of the database or of the network; the first one if several addresses failed. */
export function wordsOf(error: unknown): { code: string; message: string } {
  if (error instanceof DatabaseUnavailable)
    return error.cause === undefined ? describeError(error) : wordsOf(error.cause);
  const root = chainOf(error).at(-1);
  return describeError(root instanceof AggregateError && root.errors.length > 0 ? root.errors[0] : (root ?? error));
}

/** What the operator can do about each kind of outage. */
export const REMEDIES: Readonly<Record<Outage, string>> = {
  unreachable: "Check that the server runs, that DATABASE_URL names it, and that it can be reached from here.",
  starting: "Wait until the server is up; its log says why it takes long.",
  "read-only": "Check that DATABASE_URL names the primary, and that default_transaction_read_only is off.",
  full: "Make room on the server's disk, or raise the project's storage limit.",
  busy: "Look in pg_stat_activity for sessions that hold locks or connections.",
};

/** Marks an error of opening a database connection: a code such as ECONNREFUSED alone does not say which connection failed. */
export function ofDatabase<E>(error: E): E {
  if (error instanceof Error) marked.add(error);
  return error;
}

const marked = new WeakSet<Error>();

const isOfDatabase = (error: Error): boolean =>
  marked.has(error) || error instanceof DrizzleQueryError || error.name === "NeonDbError" || isOfServer(error);

/** Errors from the server have a severity, which Node's own errors do not have. */
const isOfServer = (error: Error): error is Error & { code: string } =>
  "severity" in error && "code" in error && typeof error.code === "string";

/** All connection exceptions are in class 08. */
const classOf = (code: string): Outage | undefined => (/^08...$/.test(code) ? "unreachable" : undefined);

function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && chain.length < 10) {
    chain.push(next);
    next = next.cause ?? ("sourceError" in next ? next.sourceError : undefined); // the name of the cause in Neon's driver
  }
  return chain;
}
