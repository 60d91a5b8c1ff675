/** Requests to this deployment's API. The token is sent only in the Authorization header. */

/** A failed request. */
export class ApiError extends Error {
  /** 0 if no response arrived. */
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** Seconds to wait before the next request, as the server asks. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, requestId?: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

interface CallOptions {
  token: string;
  /** Sent as JSON by POST; without it the request is a GET. */
  body?: unknown;
  signal?: AbortSignal;
}

/** A header can hold visible ASCII only. Any other token is wrong and is not sent. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * Sends a request and returns the JSON of its response.
 * @throws ApiError without a 2xx response; DOMException `AbortError` after an abort.
 */
export async function call<T>(path: string, { token, body, signal }: CallOptions): Promise<T> {
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
  // A failing health check answers 503 with its findings, which is a valid response.
  if (response.ok || (response.status === 503 && isHealth(json))) {
    if (json === undefined) throw new ApiError(response.status, "no-json", "");
    return json as T;
  }
  throw errorOf(response, json);
}

const isHealth = (json: unknown): boolean => typeof json === "object" && json !== null && "checks" in json;

function errorOf(response: Response, json: unknown): ApiError {
  const error = (json as { error?: { code?: string; message?: string; requestId?: string } } | undefined)?.error;
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    response.status,
    error?.code ?? `http-${response.status}`,
    error?.message ?? response.statusText,
    error?.requestId,
    Number.isFinite(seconds) ? seconds : undefined,
  );
}
