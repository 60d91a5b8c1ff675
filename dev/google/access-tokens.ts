import { randomBytes } from "node:crypto";
import { refusal } from "./api-errors.ts";
import { type Grant, OAuthError, prove } from "./assertion.ts";
import type { CalendarSource } from "./calendar-source.ts";

/** What an hour's token stands for. */
interface Token extends Grant {
  /** Milliseconds since the epoch. */
  expires: number;
}

const LIFETIME_SECONDS = 3599;
const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

export interface TokenDesk {
  /** Answers a request for a token. */
  exchange(request: Request): Promise<Response>;
  /** Whose token a request bears. @throws GoogleError `authError` where it is missing, unknown or has expired. */
  bearerOf(request: Request): Grant;
}

/** Gives out access tokens and knows them again, until they expire by the clock or the process ends. */
export function tokenDesk(source: CalendarSource, clock: () => Date): TokenDesk {
  const tokens = new Map<string, Token>();

  const issue = (grant: Grant): Response => {
    const now = clock().getTime();
    for (const [known, { expires }] of tokens) if (expires <= now) tokens.delete(known);
    const token = `ya29.${randomBytes(24).toString("base64url")}`;
    tokens.set(token, { ...grant, expires: now + LIFETIME_SECONDS * 1000 });
    return Response.json({ access_token: token, expires_in: LIFETIME_SECONDS, token_type: "Bearer" });
  };

  return {
    async exchange(request) {
      try {
        return issue(await prove(await assertionIn(request), endpointOf(request), source, clock()));
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error;
        return Response.json({ error: error.error, error_description: error.message }, { status: 400 });
      }
    },
    bearerOf(request) {
      const [, given = ""] = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
      const token = tokens.get(given);
      if (token === undefined || token.expires <= clock().getTime()) throw refusal("authError");
      return token;
    },
  };
}

/** @throws OAuthError for any other grant than an assertion, or none. */
async function assertionIn(request: Request): Promise<string> {
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
