import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { type Actor, ADMIN_TOKEN_HOLDER } from "../audit/actor.ts";
import { type Config, config } from "../config/config.ts";
import { database } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { API_TOKEN_PREFIX, findApiToken } from "../operators/api-tokens.ts";
import type { Role } from "../operators/roles.ts";
import { findSession, type OperatorSession, sessionCookie, signedCookie } from "../operators/session.ts";
import { bearerToken, secretsEqual, unauthorized } from "./bearer.ts";
import { id } from "./fields.ts";
import { requireOwnPage } from "./origin.ts";
import { limitRefusals } from "./rate-limit/rate-limit.ts";

/** An operator, or a program of the platform's with `ADMIN_TOKEN` or an API token. */
export interface OperatorCaller {
  kind: "operator";
  role: Role;
  actor: Actor;
}

/** A signed-in member of the platform. */
export interface UserCaller {
  kind: "user";
  userId: string;
  actor: Actor;
}

/** Who calls an operation on data (docs/domain.md, section 9). */
export type Caller = OperatorCaller | UserCaller;

const EXPECTED = "a signed-in operator, or Authorization: Bearer <ADMIN_TOKEN, an API token or a user's token>";

/**
 * Identifies the caller by its bearer token, or an operator by the session cookie. A request with a token never counts as one with
 * a cookie, so that it means the same from a browser and from a program.
 * @throws AppError `not-configured` (503) if no kind of access is configured, `unauthorized` (401) for a missing or wrong token,
 * `forbidden` (403) if the cookie comes from another page, or its session has no second factor; `rate-limited` (429).
 */
export async function callerOf(request: Request, now: Date): Promise<Caller> {
  const { adminToken, jwt, consoleSecret } = config();
  if ((adminToken ?? jwt.secret ?? jwt.jwksUrl ?? consoleSecret) === undefined) {
    throw new AppError(
      "not-configured",
      "This endpoint is closed until ADMIN_TOKEN, CONSOLE_SECRET, AUTH_JWKS_URL or AUTH_JWT_SECRET is set.",
    );
  }
  const token = bearerToken(request);
  if (token !== undefined) {
    const kind = /\..*\./.test(token) ? "user" : "admin"; // a JWT has three parts
    return limitRefusals(request, kind, () => holderOf(token, now));
  }
  return operatorOf(await requireSession(request, now));
}

async function holderOf(token: string, now: Date): Promise<Caller> {
  const { adminToken, jwt } = config();
  if (adminToken !== undefined && secretsEqual(token, adminToken)) {
    return { kind: "operator", role: "admin", actor: ADMIN_TOKEN_HOLDER };
  }
  if (token.startsWith(API_TOKEN_PREFIX)) {
    const holder = await findApiToken(await database(), token, now);
    if (holder === undefined) throw unauthorized(EXPECTED);
    return { kind: "operator", role: holder.role, actor: { kind: "api-token", id: holder.id, name: holder.name } };
  }
  const userId = await subjectOf(token, jwt, now);
  return { kind: "user", userId, actor: { kind: "user", id: userId, name: "user" } };
}

/**
 * The session of the request's cookie, also of an operator who has no second factor yet.
 * @throws AppError `unauthorized` (401), and `forbidden` (403) if a change comes from another page.
 */
export async function requireSession(request: Request, now: Date): Promise<OperatorSession> {
  return limitRefusals(request, "session", async () => {
    const session = await sessionOf(request, now);
    if (session === undefined) throw unauthorized(EXPECTED);
    requireOwnPage(request);
    return session;
  });
}

/** The session of the request's cookie, if it has one that is valid. Without a cookie, nothing is read. */
export async function sessionOf(request: Request, now: Date): Promise<OperatorSession | undefined> {
  const cookies = request.headers.get("cookie");
  const { consoleSecret } = config();
  if (cookies === null || consoleSecret === undefined) return undefined;
  const token = signedCookie(cookies, sessionCookie(isSecure(request)), consoleSecret);
  return token === undefined ? undefined : findSession(await database(), token, now);
}

/** Whether the deployment is reached over https, as far as it knows: a proxy may end the encryption. */
export function isSecure(request: Request): boolean {
  const { baseUrl } = config();
  return (baseUrl ?? request.url).startsWith("https:");
}

/** @throws AppError `second-factor-required` (403) if the operator has not set one up yet. */
export function requireSecondFactor({ hasSecondFactor }: OperatorSession): void {
  if (hasSecondFactor) return;
  throw new AppError("second-factor-required", "This account needs a second factor first. Set it up in the console.");
}

function operatorOf(session: OperatorSession): OperatorCaller {
  requireSecondFactor(session);
  const { id, name, role } = session.operator;
  return { kind: "operator", role, actor: { kind: "operator", id, name } };
}

/** @throws AppError `forbidden` (403) if a user requests another user's data. */
export function requireSelf(caller: Caller, userId: string): void {
  if (caller.kind === "user" && caller.userId !== userId) {
    throw new AppError("forbidden", "A user's token gives access to that user's own data only.");
  }
}

async function subjectOf(token: string, jwt: Config["jwt"], now: Date): Promise<string> {
  const jose = await import("jose");
  const options = {
    ...(jwt.issuer === undefined ? {} : { issuer: jwt.issuer }),
    ...(jwt.audience === undefined ? {} : { audience: jwt.audience }),
    requiredClaims: ["sub", "exp"],
    clockTolerance: 5,
    currentDate: now,
  };
  let payload: JWTPayload;
  try {
    ({ payload } =
      jwt.secret === undefined
        ? await jose.jwtVerify(token, keysAt(jwt.jwksUrl, jose.createRemoteJWKSet), options)
        : await jose.jwtVerify(token, new TextEncoder().encode(jwt.secret), { ...options, algorithms: ["HS256"] }));
  } catch (error) {
    if (!(error instanceof jose.errors.JOSEError) || KEY_SET_FAULTS.has(error.code)) throw keySetFault(error);
    throw unauthorized(EXPECTED + (error instanceof jose.errors.JWTExpired ? " that has not expired" : ""));
  }
  const subject = id.safeParse(payload.sub); // no id, no user
  if (!subject.success) throw unauthorized(EXPECTED);
  return subject.data;
}

/** Faults of the issuer's key set, which say nothing about the token. */
const KEY_SET_FAULTS = new Set(["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"]);

function keySetFault(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError("unavailable", "the key set that users' tokens are checked with cannot be read", { cause });
}

/** The issuer's public keys, fetched at first use and cached by jose as long as the instance is warm. */
const remoteKeys = new Map<string, JWTVerifyGetKey>();

function keysAt(url: string | undefined, open: (url: URL) => JWTVerifyGetKey): JWTVerifyGetKey {
  if (url === undefined) throw unauthorized(EXPECTED);
  const keys = remoteKeys.get(url) ?? open(new URL(url));
  remoteKeys.set(url, keys);
  return keys;
}
