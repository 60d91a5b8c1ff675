import { randomUUID } from "node:crypto";
import { createStackParser, type ErrorEvent, type Exception } from "@sentry/core";
import { nodeStackLineParser } from "@sentry/core/server";
import { AppError, describeError } from "../errors.ts";
import { sha256 } from "../hash.ts";
import { withoutSecrets } from "../scrub.ts";

/** The place of an error: ids only. */
export interface Where {
  requestId?: string | undefined;
  runId?: string | undefined;
  job?: string | undefined;
  /** The path of the request, without its query. */
  path?: string | undefined;
}

const framesIn = createStackParser(nodeStackLineParser());

/** Returns an id in Sentry's form, 32 hexadecimal digits. Equal seeds give equal ids. */
export const idOf = (seed: string): string => sha256(seed).slice(0, 32);

/**
 * Converts an error to an event that contains only its chain of causes with their stacks, and where it happened. Messages are
 * scrubbed. The message of an error that wraps another is left out, because it may contain a statement with its parameters.
 */
export function eventOf(error: unknown, { requestId, runId, job, path }: Where): ErrorEvent {
  const transaction = path === undefined ? job : withoutSecrets(path);
  const tags = { code: describeError(error).code, request_id: requestId, run_id: runId, job };
  return {
    event_id: idOf(randomUUID()),
    type: undefined,
    platform: "node",
    level: "error",
    ...(transaction === undefined ? {} : { transaction }),
    tags: Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined)),
    exception: { values: chainOf(error).map(exceptionOf).reverse() },
  };
}

const LONGEST_CHAIN = 5;

/** An error and its causes, the outermost first. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let next: unknown = error instanceof Error ? error : new Error(String(error));
  while (next instanceof Error && chain.length < LONGEST_CHAIN) {
    chain.push(next);
    next = next.cause;
  }
  return chain;
}

function exceptionOf(error: Error): Exception {
  const wraps = error.cause instanceof Error && !(error instanceof AppError);
  return {
    type: error.name,
    value: wraps ? "(see its cause)" : withoutSecrets(error.message).slice(0, 1000),
    stacktrace: { frames: framesIn(linesOf(error)) },
    mechanism: { type: "generic", handled: true },
  };
}

/** Returns the lines of a stack without the message before them, because the message must be scrubbed. */
function linesOf({ stack = "", message }: Error): string {
  const after = stack.indexOf(message) + message.length;
  return stack.slice(stack.includes(message) ? after : 0).replace(/^[^\n]*\n/, "");
}
