import { ApiError } from "./api-error.ts";
import type { ErrorResponse } from "./generated/types.ts";
import { type ApiRequest, isRepeatable, type Operation } from "./request.ts";

/** Sends a request's parts and resolves to the response. */
type Fetch = (init: RequestInit) => Promise<Response>;

interface Sending {
  operation: Operation;
  signal: AbortSignal | undefined;
  retries: number;
}

/** Sends a request, again after faults that may pass, and returns the JSON of the response. @throws ApiError */
export async function send(
  fetch: Fetch,
  request: ApiRequest,
  { operation, signal, retries }: Sending,
): Promise<unknown> {
  const { url: _, ...parts } = request;
  const init = signal ? { ...parts, signal } : parts;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await answerOf(await exchange(fetch, init), operation);
    } catch (error) {
      const wait = attempt < retries && isRepeatable(request) ? waitAfter(error, attempt) : undefined;
      if (wait === undefined) throw error;
      await pause(wait, signal);
    }
  }
}

interface Exchanged {
  response: Response;
  text: string;
}

async function exchange(fetch: Fetch, init: RequestInit): Promise<Exchanged> {
  try {
    const response = await fetch(init);
    return { response, text: await response.text() };
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(0, { code: "unreachable", message: "The API cannot be reached." }, { cause });
  }
}

/** Returns the JSON of a success, or of another response that the operation declares as an answer. */
function answerOf({ response, text }: Exchanged, { answers }: Operation): unknown {
  const { status, headers } = response;
  if (status === 204) return undefined;
  const json = parsed(text);
  const retryAfter = Number(headers.get("Retry-After") ?? Number.NaN);
  const more = { retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined };
  if (isErrorResponse(json)) throw new ApiError(status, json.error, more);
  if (json !== undefined && (response.ok || answers.includes(status))) return json;
  const requestId = headers.get("X-Request-Id") ?? undefined;
  const message = `The response is not one of the API: ${status} ${response.statusText}`.trim();
  throw new ApiError(status, { code: "unreadable", message, requestId }, more);
}

function isErrorResponse(json: unknown): json is ErrorResponse {
  return typeof json === "object" && json !== null && "status" in json && json.status === "error" && "error" in json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Statuses of faults that may pass; 0 is a fault of the network. */
const PASSING = [0, 429, 502, 503, 504];

/** Faults of the deployment's settings, which also answer 503, stay until the operator corrects them. */
const LASTING = ["not-configured", "misconfigured", "credentials"];

/** The longest that a call waits before it sends its request again. */
const MAX_WAIT_SECONDS = 10;

/** Milliseconds to wait before the next attempt; undefined if the request should not be sent again. */
function waitAfter(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof ApiError) || !PASSING.includes(error.status) || LASTING.includes(error.code)) return undefined;
  const seconds = error.retryAfter ?? 0.25 * 2 ** attempt * (1 + Math.random());
  return seconds <= MAX_WAIT_SECONDS ? seconds * 1000 : undefined;
}

/** Resolves after a time. @throws the signal's reason once it is aborted. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort);
  });
}
