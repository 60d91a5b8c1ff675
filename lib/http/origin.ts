import { config } from "../config/config.ts";
import { AppError } from "../errors.ts";

/**
 * Refuses requests from pages of other origins: CORS keeps such a page from reading the response, but not from sending. A
 * request without an origin does not come from a page.
 * @throws AppError `forbidden` (403) unless the origin is this deployment's own or one of `ALLOWED_ORIGINS`.
 */
export function requireKnownOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null || request.method === "GET") return;
  if (isOwnOrigin(origin, request) || config().allowedOrigins.includes(origin)) return;
  throw new AppError("forbidden", `origin: expected one of ALLOWED_ORIGINS, got ${JSON.stringify(origin)}`);
}

/** Whether an origin is this deployment itself. */
export function isOwnOrigin(origin: string, request: Request): boolean {
  const { baseUrl } = config();
  return origin === new URL(request.url).origin || (baseUrl !== undefined && origin === new URL(baseUrl).origin);
}
