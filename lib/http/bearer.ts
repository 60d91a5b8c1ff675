import { timingSafeEqual } from "node:crypto";
import { AppError } from "../errors.ts";
import { sha256 } from "../hash.ts";

/** The bearer token of a request, if it carries one (RFC 6750). */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** Compares two secrets in constant time. Comparing hashes hides their lengths too. */
export function secretsEqual(secret: string, expected: string): boolean {
  const digest = (text: string) => Buffer.from(sha256(text));
  return timingSafeEqual(digest(secret), digest(expected));
}

/**
 * Refuses a request without the secret. If the secret is not configured, every request is refused.
 * @throws AppError `not-configured` (503) or `unauthorized` (401).
 */
export function requireSecret(request: Request, name: string, expected: string | undefined): void {
  if (expected === undefined) throw new AppError("not-configured", `This endpoint is closed until ${name} is set.`);
  const token = bearerToken(request);
  if (token === undefined || !secretsEqual(token, expected)) throw unauthorized(`Authorization: Bearer <${name}>`);
}

/** The error for a missing or wrong token. @param expected The header that the endpoint requires. */
export function unauthorized(expected: string): AppError {
  return new AppError("unauthorized", `This endpoint requires ${expected}; the request has no token or a wrong one.`, {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}
