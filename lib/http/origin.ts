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

/**
 * Refuses changes that another page sends with an operator's cookie (CSRF). Every browser says where a change comes from.
 * @throws AppError `forbidden` (403) unless the request reads, or comes from a page of this deployment.
 */
export function requireOwnPage(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const isOwn =
    origin === null ? request.headers.get("sec-fetch-site") === "same-origin" : isOwnOrigin(origin, request);
  if (isOwn) return;
  throw new AppError("forbidden", `origin: expected a page of this deployment, got ${JSON.stringify(origin)}`);
}

/**
 * The same for changes without a session, such as signing in. A program, which sends nothing that browsers send, may make them too.
 * @throws AppError `forbidden` (403).
 */
export function requireOwnPageOfBrowser(request: Request): void {
  if (["origin", "sec-fetch-site", "cookie"].some((name) => request.headers.has(name))) requireOwnPage(request);
}

/** Whether an origin is this deployment itself. */
export function isOwnOrigin(origin: string, request: Request): boolean {
  const { baseUrl } = config();
  return origin === new URL(request.url).origin || (baseUrl !== undefined && origin === new URL(baseUrl).origin);
}
