import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { isSecure } from "../../http/caller.ts";
import type { Auth } from "../../operators/auth.ts";
import {
  consoleCookie,
  findSession,
  type OperatorSession,
  sessionCookie,
  signedCookie,
} from "../../operators/session.ts";

/** Calls of better-auth: how it is loaded, what it gets of a request, and what becomes of its answer. */

/** The secret that signs sessions. @throws AppError `not-configured` (503). */
export function requireConsoleSecret(): string {
  const { consoleSecret } = config();
  if (consoleSecret !== undefined) return consoleSecret;
  throw new AppError("not-configured", "Signing in is closed until CONSOLE_SECRET is set.");
}

/** Loads the library at the first call. @throws AppError `not-configured` (503). */
export async function openAuth(db: Db, request: Request): Promise<Auth> {
  const secret = requireConsoleSecret();
  const { authOn } = await import("../../operators/auth.ts");
  return authOn(db, { secret, isSecure: isSecure(request) });
}

/** The headers of a request that better-auth needs: its cookies, and the browser for the list of sessions. */
export function headersFor(request: Request): Headers {
  return new Headers({
    cookie: request.headers.get("cookie") ?? "",
    "user-agent": (request.headers.get("user-agent") ?? "").slice(0, 300),
  });
}

/** The same without the session: a browser that signs in anew must not do so in the name of an earlier session. */
export function headersWithoutSession(request: Request): Headers {
  const headers = headersFor(request);
  const start = `${sessionCookie(isSecure(request))}=`;
  const cookies = (headers.get("cookie") ?? "").split(/; */).filter((cookie) => !cookie.startsWith(start));
  headers.set("cookie", cookies.join("; "));
  return headers;
}

/** Whose sign-in waits for a second factor in this browser. */
export async function pendingOperatorId(auth: Auth, request: Request, now: Date): Promise<string | undefined> {
  const name = consoleCookie("two_factor", isSecure(request));
  const identifier = signedCookie(request.headers.get("cookie") ?? "", name, requireConsoleSecret());
  if (identifier === undefined) return undefined;
  const { internalAdapter } = await auth.$context;
  const pending = await internalAdapter.findVerificationValue(identifier);
  return pending && pending.expiresAt > now ? pending.value : undefined;
}

/** What better-auth answered: a result, or the code of its refusal. Both may set cookies. */
export type AuthAnswer<T> =
  | { value: T; refused?: undefined; cookies: string[] }
  | { refused: string; cookies: string[] };

/** Waits for better-auth. @throws what is not a refusal. */
export async function answerOf<T>(work: Promise<{ headers: Headers; response: T }>): Promise<AuthAnswer<T>> {
  try {
    const { headers, response } = await work;
    return { value: response, cookies: headers.getSetCookie() };
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === undefined) throw error;
    return { refused, cookies: [] };
  }
}

/** The code of one of better-auth's refusals, such as `INVALID_CODE`; its faults have none. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "APIError" || !("body" in error)) return undefined;
  const { body } = error;
  const code = typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
  return typeof code === "string" && !FAULTS.has(code) ? code : undefined;
}

const FAULTS = new Set(["INTERNAL_SERVER_ERROR", "FAILED_TO_CREATE_SESSION", "FAILED_TO_GET_SESSION"]);

/** The session of which an answer sets the cookie. Bodies of the library name the one before in some cases. */
export function sessionSetBy(
  db: Db,
  cookies: readonly string[],
  request: Request,
  now: Date,
): Promise<OperatorSession | undefined> {
  const pairs = cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ");
  const token = signedCookie(pairs, sessionCookie(isSecure(request)), requireConsoleSecret());
  return token === undefined ? Promise.resolve(undefined) : findSession(db, token, now);
}

/** The headers of an answer that sets cookies. */
export const settingCookies = (cookies: readonly string[]) => ({ "Set-Cookie": cookies });

/** What the document says about them. */
export const COOKIE_HEADERS = { "Set-Cookie": "The session, or what takes its place until it is complete." } as const;
