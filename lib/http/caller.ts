import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { type Config, config } from "../config/config.ts";
import { AppError } from "../errors.ts";
import { bearerToken, secretsEqual, unauthorized } from "./bearer.ts";
import { id } from "./fields.ts";

/** Who calls an operation on data (docs/domain.md, section 9): the operator, for all data, or a signed-in user, for their own. */
export type Caller = { role: "admin" } | { role: "user"; userId: string };

const EXPECTED = "Authorization: Bearer <ADMIN_TOKEN or a user's token>";

/**
 * Identifies the caller by `ADMIN_TOKEN`, or by the platform's JWT (`sub` is the user id), whose signature, times, issuer and
 * audience are checked.
 * @throws AppError `not-configured` (503) if neither is configured, `unauthorized` (401) for a missing or wrong token.
 */
export async function callerOf(request: Request, now: Date): Promise<Caller> {
  const { adminToken, jwt } = config();
  const configured = adminToken ?? jwt.secret ?? jwt.jwksUrl;
  if (configured === undefined) {
    throw new AppError(
      "not-configured",
      "This endpoint is closed until ADMIN_TOKEN, AUTH_JWKS_URL or AUTH_JWT_SECRET is set.",
    );
  }
  const token = bearerToken(request);
  if (token === undefined) throw unauthorized(EXPECTED);
  if (adminToken !== undefined && secretsEqual(token, adminToken)) return { role: "admin" };
  return { role: "user", userId: await subjectOf(token, jwt, now) };
}

/** @throws AppError `forbidden` (403) if a user requests another user's data. */
export function requireSelf(caller: Caller, userId: string): void {
  if (caller.role === "user" && caller.userId !== userId) {
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
