import type { JWTVerifyGetKey } from "jose";
import { type Config, config } from "../config.ts";
import { AppError } from "../errors.ts";
import { bearerToken, secretsEqual, unauthorized } from "./bearer.ts";

/** Who calls a data endpoint (domain, section 9): the operator for everything, a signed-in user for their own. */
export type Caller = { role: "admin" } | { role: "user"; userId: string };

const EXPECTED = "Authorization: Bearer <ADMIN_TOKEN or a user's token>";

/**
 * Tells who calls: `ADMIN_TOKEN`, or the platform's JWT (`sub` = user id), checked for key, times, issuer, audience.
 * @throws AppError `not-configured` (503) where neither is set up, `unauthorized` (401) for anything wrong with a token.
 */
export async function callerOf(request: Request): Promise<Caller> {
  const { adminToken, jwt } = config();
  const configured = adminToken ?? jwt.secret ?? jwt.jwksUrl;
  if (configured === undefined) {
    throw new AppError("not-configured", "neither ADMIN_TOKEN nor AUTH_JWKS_URL or AUTH_JWT_SECRET is set");
  }
  const token = bearerToken(request);
  if (token === undefined) throw unauthorized(EXPECTED);
  if (adminToken !== undefined && secretsEqual(token, adminToken)) return { role: "admin" };
  return { role: "user", userId: await subjectOf(token, jwt) };
}

/** @throws AppError `forbidden` (403) unless the caller is the operator. */
export function requireAdmin(caller: Caller): void {
  if (caller.role !== "admin") throw new AppError("forbidden", "a user's token does not reach this; ADMIN_TOKEN does");
}

/** @throws AppError `forbidden` (403) where a user asks for somebody else's data. */
export function requireSelf(caller: Caller, userId: string): void {
  if (caller.role === "user" && caller.userId !== userId) {
    throw new AppError("forbidden", "a user's token reaches that user's own data only");
  }
}

async function subjectOf(token: string, jwt: Config["jwt"]): Promise<string> {
  const jose = await import("jose");
  const options = {
    ...(jwt.issuer === undefined ? {} : { issuer: jwt.issuer }),
    ...(jwt.audience === undefined ? {} : { audience: jwt.audience }),
    requiredClaims: ["sub", "exp"],
    clockTolerance: 5,
  };
  try {
    const verified =
      jwt.secret === undefined
        ? await jose.jwtVerify(token, keysAt(jwt.jwksUrl, jose.createRemoteJWKSet), options)
        : await jose.jwtVerify(token, new TextEncoder().encode(jwt.secret), { ...options, algorithms: ["HS256"] });
    if (!verified.payload.sub) throw unauthorized(EXPECTED);
    return verified.payload.sub;
  } catch (error) {
    throw unauthorized(EXPECTED + (error instanceof jose.errors.JWTExpired ? " that has not expired" : ""));
  }
}

/** The issuer's public keys, fetched at first use and cached by jose as long as the instance is warm. */
const remoteKeys = new Map<string, JWTVerifyGetKey>();

function keysAt(url: string | undefined, open: (url: URL) => JWTVerifyGetKey): JWTVerifyGetKey {
  if (url === undefined) throw unauthorized(EXPECTED);
  const keys = remoteKeys.get(url) ?? open(new URL(url));
  remoteKeys.set(url, keys);
  return keys;
}
