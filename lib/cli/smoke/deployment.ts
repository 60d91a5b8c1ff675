import { describeError } from "../../errors.ts";

/** A running deployment, asked over HTTP as its users ask it. */

export interface Asked {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Bearer token; none for what is public. */
  token?: string;
  headers?: Record<string, string>;
  json?: unknown;
  timeoutMs?: number;
}

export interface Answer {
  /** What was asked, for people. */
  asked: string;
  status: number;
  /** What JSON there was, else the text. */
  body: unknown;
}

export type Ask = (path: string, asked?: Asked) => Promise<Answer>;

/** What was expected and what came instead; the sentence of a FAIL line. */
export class Unexpected extends Error {}

/** Nobody answers there at all. */
export class Unreachable extends Unexpected {}

const TIMEOUT_MS = 30_000;

/** @param base The URL of a deployment, without a path. */
export function deployment(base: URL): Ask {
  return async (path, { method = "GET", token, headers, json, timeoutMs = TIMEOUT_MS } = {}) => {
    const asked = `${method} ${path}`;
    try {
      const response = await fetch(new URL(path, base), {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(json !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        redirect: "manual", // where a secret goes is said by who runs this, and by nobody else
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      return { asked, status: response.status, body: parsed(text) };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === "TimeoutError";
      const { code, message } = describeError(error);
      const why = timedOut ? `none within ${timeoutMs / 1000} s` : `none (${code}: ${message})`;
      throw new Unreachable(`${asked}: expected an answer, got ${why}`);
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A value inside an answer's body, by its path (`checks.migrations.status`); undefined where there is none. */
export function valueIn({ body }: Answer, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, name) => {
    return typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined;
  }, body);
}

/** A text inside an answer's body. @throws Unexpected where there is none. */
export function textIn(answer: Answer, path: string): string {
  const value = valueIn(answer, path);
  if (typeof value === "string") return value;
  throw new Unexpected(`${answer.asked}: expected ${path} to be a text, got ${short(value)}`);
}

/** A list inside an answer's body. @throws Unexpected where there is none. */
export function listIn(answer: Answer, path: string): Record<string, unknown>[] {
  const value = valueIn(answer, path);
  if (Array.isArray(value)) return value;
  throw new Unexpected(`${answer.asked}: expected ${path} to be a list, got ${short(value)}`);
}

/** Goes on where an answer has the status, and these values in it. @throws Unexpected */
export function expectAnswer(
  answer: Answer,
  statuses: number | number[],
  values: Record<string, unknown> = {},
): Answer {
  const wanted = [statuses].flat();
  if (!wanted.includes(answer.status)) {
    throw new Unexpected(`${answer.asked}: expected ${wanted.join(" or ")}, got ${answer.status} ${errorIn(answer)}`);
  }
  for (const [path, value] of Object.entries(values)) {
    const got = valueIn(answer, path);
    if (got === value) continue;
    throw new Unexpected(`${answer.asked}: expected ${path} to be ${short(value)}, got ${short(got)}`);
  }
  return answer;
}

/** Our own sentence for an error, else how the answer begins: it may be of a proxy, or of a login page. */
function errorIn(answer: Answer): string {
  const code = valueIn(answer, "error.code");
  return code === undefined ? short(answer.body) : `${code}: ${valueIn(answer, "error.message")}`;
}

const short = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.replace(/\s+/g, " ").slice(0, 160);
};
