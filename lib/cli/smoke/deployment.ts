import { describeError } from "../../errors.ts";
import type { Document } from "../../http/openapi/types.ts";
import { type AnswerCheck, checkAnswersBy } from "./answer-check.ts";

/** A request to a deployment, as its users send it. */
export interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Bearer token; none for public endpoints. */
  token?: string;
  headers?: Record<string, string>;
  json?: unknown;
  timeoutMs?: number;
}

export interface Answer {
  /** The request in one line, for error messages. */
  request: string;
  status: number;
  /** Parsed JSON, or the text if it is not JSON. */
  body: unknown;
  /** In which points the answer is not as the deployment's own OpenAPI document says. */
  problems: readonly string[];
}

/** Sends a request to a path of the deployment. @throws Unreachable if no answer comes. */
export type Send = (path: string, options?: RequestOptions) => Promise<Answer>;

/** Says what was expected and what came instead; the sentence of a FAIL line. */
export class Unexpected extends Error {}

/** The deployment does not answer at all. */
export class Unreachable extends Unexpected {}

const TIMEOUT_MS = 30_000;

/** The OpenAPI document, which is a file. */
const DOCUMENT = "/api/openapi.json";

/** @param base The URL of a deployment, without a path. */
export function deployment(base: URL): Send {
  let check: Promise<AnswerCheck> | undefined;
  return async (path, { method = "GET", token, headers, json, timeoutMs = TIMEOUT_MS } = {}) => {
    const request = `${method} ${path}`;
    try {
      const response = await fetch(new URL(path, base), {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(json !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        redirect: "manual", // the secrets go only to the address on the command line
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { status, headers: received } = response;
      const text = await response.text();
      check ??= documentCheck(base);
      const { pathname } = new URL(path, base);
      const isFile = pathname === DOCUMENT;
      const problems = isFile ? [] : (await check)({ method, path: pathname }, { status, headers: received, text });
      return { request, status, body: jsonOrText(text), problems };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === "TimeoutError";
      const { code, message } = describeError(error);
      const why = timedOut ? `none within ${timeoutMs / 1000} s` : `none (${code}: ${message})`;
      throw new Unreachable(`${request}: expected an answer, got ${why}`);
    }
  };
}

/** The check by the deployment's own document. Without a document nothing is checked: a step of its own reports that. */
async function documentCheck(base: URL): Promise<AnswerCheck> {
  const response = await fetch(new URL(DOCUMENT, base), { redirect: "manual" });
  return response.ok ? checkAnswersBy((await response.json()) as Document) : () => [];
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The value at a path (`checks.migrations.status`) in the body of an answer; undefined if there is none. */
export function valueIn({ body }: Answer, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, name) => {
    return typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined;
  }, body);
}

/** The text at a path in the body of an answer. @throws Unexpected if there is none. */
export function textIn(answer: Answer, path: string): string {
  const value = valueIn(answer, path);
  if (typeof value === "string") return value;
  throw new Unexpected(`${answer.request}: expected ${path} to be a text, got ${short(value)}`);
}

/** The list at a path in the body of an answer. @throws Unexpected if there is none. */
export function listIn(answer: Answer, path: string): Record<string, unknown>[] {
  const value = valueIn(answer, path);
  if (Array.isArray(value)) return value;
  throw new Unexpected(`${answer.request}: expected ${path} to be a list, got ${short(value)}`);
}

/**
 * Returns the answer if it has one of the statuses and these values in its body, and is as the document says.
 * @throws Unexpected otherwise.
 */
export function expectAnswer(
  answer: Answer,
  statuses: number | number[],
  values: Record<string, unknown> = {},
): Answer {
  const expected = [statuses].flat();
  if (!expected.includes(answer.status)) {
    const got = `${answer.status} ${errorIn(answer)}`;
    throw new Unexpected(`${answer.request}: expected ${expected.join(" or ")}, got ${got}`);
  }
  const [problem] = answer.problems;
  if (problem !== undefined)
    throw new Unexpected(`${answer.request}: expected an answer as the document says: ${problem}`);
  for (const [path, value] of Object.entries(values)) {
    const got = valueIn(answer, path);
    if (got === value) continue;
    throw new Unexpected(`${answer.request}: expected ${path} to be ${short(value)}, got ${short(got)}`);
  }
  return answer;
}

/** The error of our own API, or the beginning of the answer: it may come from a proxy or be a login page. */
function errorIn(answer: Answer): string {
  const code = valueIn(answer, "error.code");
  return code === undefined ? short(answer.body) : `${code}: ${valueIn(answer, "error.message")}`;
}

const short = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.replace(/\s+/g, " ").slice(0, 160);
};
