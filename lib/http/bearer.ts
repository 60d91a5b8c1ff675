import { timingSafeEqual } from "node:crypto";
import { AppError } from "../errors.ts";
import { sha256 } from "../hash.ts";

/** The bearer token of a request, if it carries one (RFC 6750). */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** Compares in constant time; hashing first hides the length too. */
export function secretsEqual(given: string, expected: string): boolean {
  const digest = (text: string) => Buffer.from(sha256(text));
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Refuses a request that does not carry the secret; a secret that is not configured refuses everybody.
 * @throws AppError `not-configured` (503) or `unauthorized` (401).
 */
export function requireSecret(request: Request, name: string, expected: string | undefined): void {
  if (expected === undefined) throw new AppError("not-configured", `${name} is not set; this endpoint is closed`);
  const given = bearerToken(request);
  if (given === undefined || !secretsEqual(given, expected)) throw unauthorized(`Authorization: Bearer <${name}>`);
}

/** @param expected What the request should have carried. */
export function unauthorized(expected: string): AppError {
  return new AppError("unauthorized", `expected ${expected}, got none or a wrong one`, {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}
