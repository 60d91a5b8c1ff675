/** Requests to this deployment's own API. The token travels in the Authorization header only. */

/** Why there is no answer to show. */
export class ApiError extends Error {
  /** 0 where no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** Seconds that the server asks to be left alone for. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, requestId?: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

interface Asked {
  token: string;
  /** Sent as JSON, by POST; without it the request is a GET. */
  body?: unknown;
  signal?: AbortSignal;
}

/** A header holds visible ASCII only; any other token is a wrong one, which the server need not be asked about. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * The JSON of an answer.
 * @throws ApiError for every answer but 2xx, and where none came; DOMException `AbortError` where it was called off.
 */
export async function call<T>(path: string, { token, body, signal }: Asked): Promise<T> {
  if (!SENDABLE.test(token)) throw new ApiError(401, "unauthorized", "");
  const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const request = {
    headers,
    cache: "no-store" as const,
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    ...(signal && { signal }),
  };
  const response = await fetch(path, request).catch((fault: unknown) => {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    throw new ApiError(0, "unreachable", "");
  });
  const json: unknown = await response.json().catch(() => undefined);
  // Health tells what is wrong by 503 and says so in its body, which is the answer that was asked for.
  if (response.ok || (response.status === 503 && isHealth(json))) {
    if (json === undefined) throw new ApiError(response.status, "no-json", "");
    return json as T;
  }
  throw errorOf(response, json);
}

const isHealth = (json: unknown): boolean => typeof json === "object" && json !== null && "checks" in json;

function errorOf(response: Response, json: unknown): ApiError {
  const told = (json as { error?: { code?: string; message?: string; requestId?: string } } | undefined)?.error;
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    response.status,
    told?.code ?? `http-${response.status}`,
    told?.message ?? response.statusText,
    told?.requestId,
    Number.isFinite(seconds) ? seconds : undefined,
  );
}
