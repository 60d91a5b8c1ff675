import { randomBytes } from "node:crypto";
import { apiError } from "./api-errors.ts";
import { OAuthError, type TokenGrant, verifyAssertion } from "./assertion.ts";
import type { CalendarSource } from "./calendar-source.ts";

/** An access token's grant; valid for an hour. */
interface Token extends TokenGrant {
  /** Milliseconds since the epoch. */
  expires: number;
}

const LIFETIME_SECONDS = 3599;
const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

export interface TokenIssuer {
  /** Answers a token request. */
  exchange(request: Request): Promise<Response>;
  /** The grant of a request's token. @throws ApiError `authError` for a missing, unknown or expired token. */
  requireToken(request: Request): TokenGrant;
}

/** Issues access tokens and remembers them until they expire. */
export function createTokenIssuer(source: CalendarSource, clock: () => Date): TokenIssuer {
  const tokens = new Map<string, Token>();

  const issue = (grant: TokenGrant): Response => {
    const now = clock().getTime();
    for (const [token, { expires }] of tokens) if (expires <= now) tokens.delete(token);
    const token = `ya29.${randomBytes(24).toString("base64url")}`;
    tokens.set(token, { ...grant, expires: now + LIFETIME_SECONDS * 1000 });
    return Response.json({ access_token: token, expires_in: LIFETIME_SECONDS, token_type: "Bearer" });
  };

  return {
    async exchange(request) {
      try {
        return issue(await verifyAssertion(await readAssertion(request), endpointOf(request), source, clock()));
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error;
        return Response.json({ error: error.error, error_description: error.message }, { status: 400 });
      }
    },
    requireToken(request) {
      const [, bearer = ""] = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
      const token = tokens.get(bearer);
      if (token === undefined || token.expires <= clock().getTime()) throw apiError("authError");
      return token;
    },
  };
}

/** @throws OAuthError for a missing or different grant type. */
async function readAssertion(request: Request): Promise<string> {
  const form = new URLSearchParams(await request.text());
  const grantType = form.get("grant_type");
  if (grantType === null) throw new OAuthError("invalid_request", "Required parameter is missing: grant_type");
  if (grantType !== GRANT_TYPE) throw new OAuthError("unsupported_grant_type", `Invalid grant_type: ${grantType}`);
  return form.get("assertion") ?? "";
}

function endpointOf({ url }: Request): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
