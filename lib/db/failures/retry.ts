import { setTimeout as sleep } from "node:timers/promises";
import { isNeonRefusal } from "../drivers/neon-errors.ts";

/** SQLSTATEs of faults that may be over in a moment. */
const TRANSIENT = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "08000", // connection_exception
  "08001", // sqlclient_unable_to_establish_sqlconnection
  "08003", // connection_does_not_exist
  "08006", // connection_failure
  "25P03", // idle_in_transaction_session_timeout
  "53300", // too_many_connections
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now: a server that is starting
]);

/** Codes of connections that broke or never opened. */
const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

const CONNECTION_LOST =
  /connection terminated|connection ended|not queryable|socket hang up|websocket|fetch failed|timeout exceeded/i;

/** Delays before the second, third and fourth attempt: a suspended Neon database wakes within a few hundred ms. */
const DELAYS_MS = [50, 250, 1000];

/** Whether an immediate retry may help if nothing was written: the fault is transient and its retries are not used up. */
export const isTransient = (error: unknown): boolean => isPassing(error) && !wasGivenUp(error);

/**
 * Whether the server is unavailable or busy, as opposed to a wrong statement. Also looks at the causes that drivers and the
 * data layer wrap.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof Event) return true; // a WebSocket reports a broken connection this way
  if (!(error instanceof Error)) return false;
  if (isNeonRefusal(error) || TRANSIENT.has(codeOf(error)) || isConnectionLost(error)) return true;
  return isPassing(error.cause);
}

/** Whether an error itself, without its causes, says that a connection broke or never opened. */
export const isConnectionLost = (error: Error): boolean =>
  NETWORK.has(codeOf(error)) || CONNECTION_LOST.test(error.message);

const codeOf = (error: Error): string => ("code" in error && typeof error.code === "string" ? error.code : "");

const wasGivenUp = (error: unknown): boolean =>
  error instanceof Error && (givenUp.has(error) || wasGivenUp(error.cause));

/** Errors of last attempts, so that an outer retry does not start over. */
const givenUp = new WeakSet<Error>();

/** Runs `work` up to four times, as long as `mayRetry` accepts its errors. */
export async function withRetry<T>(work: () => Promise<T>, mayRetry: (error: unknown) => boolean): Promise<T> {
  for (const delay of DELAYS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!mayRetry(error)) throw error;
      await sleep(delay);
    }
  }
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) givenUp.add(error);
    throw error;
  }
}
