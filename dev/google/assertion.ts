import { createPublicKey } from "node:crypto";
import { compactVerify, decodeJwt, type JWTPayload } from "jose";
import type { CalendarSource } from "./calendar-source.ts";

/** A service account's signed request for a token (OAuth 2.0 for server-to-server applications). */

/** What an assertion stands for once it is proven. */
export interface Grant {
  account: string;
  scopes: readonly string[];
}

/** A refusal of the token endpoint (RFC 6749, 5.2), in Google's words. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

const TOKEN_URL = "https://oauth2.googleapis.com/token";
const LONGEST_SECONDS = 3600;
/** How far a caller's clock may be off. */
const SKEW_SECONDS = 300;
const CALENDAR_SCOPE = /^https:\/\/www\.googleapis\.com\/auth\/calendar(\.[a-z.]+)?$/;

/**
 * Proves an assertion at an instant.
 * @param endpoint The URL that it was sent to, which may be its audience as well as Google's own.
 * @throws OAuthError `invalid_grant` or `invalid_scope`.
 */
export async function prove(
  assertion: string,
  endpoint: string,
  { publicKeyOf }: Pick<CalendarSource, "publicKeyOf">,
  now: Date,
): Promise<Grant> {
  const claims = claimsOf(assertion);
  const account = String(claims.iss ?? "");
  const publicKey = publicKeyOf(account);
  if (publicKey === undefined) throw new OAuthError("invalid_grant", "Invalid grant: account not found");
  await requireSignature(assertion, publicKey);
  requireTimes(claims, Math.floor(now.getTime() / 1000));
  if (claims.aud !== TOKEN_URL && claims.aud !== endpoint) {
    throw new OAuthError("invalid_grant", "Invalid JWT: Failed audience check.");
  }
  return { account, scopes: scopesOf(claims) };
}

function claimsOf(assertion: string): JWTPayload {
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
  const sane =
    iat !== undefined &&
    exp !== undefined &&
    iat <= now + SKEW_SECONDS &&
    exp > now - SKEW_SECONDS &&
    exp > iat &&
    exp - iat <= LONGEST_SECONDS;
  if (sane) return;
  throw new OAuthError(
    "invalid_grant",
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
  );
}

function scopesOf({ scope }: JWTPayload): string[] {
  const scopes = String(scope ?? "").split(" ");
  if (scopes.some((one) => CALENDAR_SCOPE.test(one))) return scopes;
  throw new OAuthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
}
