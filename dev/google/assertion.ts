import { createPublicKey } from "node:crypto";
import { compactVerify, decodeJwt, type JWTPayload } from "jose";
import type { CalendarSource } from "./calendar-source.ts";

/** Verifies a service account's signed request for a token (OAuth 2.0 for server-to-server applications). */

/** What a valid assertion grants. */
export interface TokenGrant {
  account: string;
  scopes: readonly string[];
}

/** An error of the token endpoint (RFC 6749, 5.2), with Google's texts. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

const TOKEN_URL = "https://oauth2.googleapis.com/token";
const MAX_LIFETIME_SECONDS = 3600;
/** The caller's clock may be wrong by so much. */
const SKEW_SECONDS = 300;
const CALENDAR_SCOPE = /^https:\/\/www\.googleapis\.com\/auth\/calendar(\.[a-z.]+)?$/;

/**
 * Verifies an assertion at an instant.
 * @param endpoint The URL of the request. It is accepted as audience, like Google's own URL.
 * @throws OAuthError `invalid_grant` or `invalid_scope`.
 */
export async function verifyAssertion(
  assertion: string,
  endpoint: string,
  { publicKeyOf }: Pick<CalendarSource, "publicKeyOf">,
  now: Date,
): Promise<TokenGrant> {
  const claims = parseClaims(assertion);
  const account = String(claims.iss ?? "");
  const publicKey = publicKeyOf(account);
  if (publicKey === undefined) throw new OAuthError("invalid_grant", "Invalid grant: account not found");
  await requireSignature(assertion, publicKey);
  requireTimes(claims, Math.floor(now.getTime() / 1000));
  if (claims.aud !== TOKEN_URL && claims.aud !== endpoint) {
    throw new OAuthError("invalid_grant", "Invalid JWT: Failed audience check.");
  }
  return { account, scopes: requireCalendarScope(claims) };
}

function parseClaims(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new OAuthError("invalid_grant", "Invalid JWT: Failed to parse the assertion.");
  }
}

async function requireSignature(assertion: string, publicKey: string): Promise<void> {
  try {
    await compactVerify(assertion, createPublicKey(publicKey), { algorithms: ["RS256"] });
  } catch {
    throw new OAuthError("invalid_grant", "Invalid JWT Signature.");
  }
}

function requireTimes({ iat, exp }: JWTPayload, now: number): void {
  const valid =
    iat !== undefined &&
    exp !== undefined &&
    iat <= now + SKEW_SECONDS &&
    exp > now - SKEW_SECONDS &&
    exp > iat &&
    exp - iat <= MAX_LIFETIME_SECONDS;
  if (valid) return;
  throw new OAuthError(
    "invalid_grant",
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
  );
}

function requireCalendarScope({ scope }: JWTPayload): string[] {
  const scopes = String(scope ?? "").split(" ");
  if (scopes.some((scope) => CALENDAR_SCOPE.test(scope))) return scopes;
  throw new OAuthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
}
