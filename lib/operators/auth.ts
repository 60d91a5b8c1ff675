import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { twoFactor } from "better-auth/plugins/two-factor";
import type { Db } from "../db/db.ts";
import { sha256 } from "../hash.ts";
import { DAY_MS } from "../time/durations.ts";
import { PASSWORD_LENGTH, RESET_LINK_MS } from "./password.ts";
import {
  operatorCredentials,
  operatorSecondFactors,
  operatorSessions,
  operators,
  operatorVerifications,
} from "./schema.ts";

/**
 * The library that keeps passwords, sessions and second factors. It takes longer to load than most requests take, so only the
 * operations of accounts import it, and only when they need it. It reads the clock itself.
 */

const SECOND_MS = 1_000;
const SESSION_SECONDS = (14 * DAY_MS) / SECOND_MS;
/** A session is extended at most this often, so that not every request writes. */
const EXTEND_SECONDS = DAY_MS / SECOND_MS;
/** How long a browser is trusted. */
const TRUST_SECONDS = (30 * DAY_MS) / SECOND_MS;

/** What a stored value is for, by how better-auth begins its identifier. */
export const VERIFICATION_KINDS = ["reset-password:", "trust-device-", "2fa-attempts-", "2fa-"] as const;
export type VerificationKind = (typeof VERIFICATION_KINDS)[number];

/**
 * Identifiers of stored values give access, so only their hashes are stored. The kind stays readable, so that all of one kind can be
 * deleted. Better-auth also looks for the identifier as it was sent; as none begins like this, a stolen hash is no identifier.
 */
export const storedKind = (kind: string): string => `hash:${kind}`;

const hashIdentifier = async (identifier: string): Promise<string> => {
  const kind = VERIFICATION_KINDS.find((kind) => identifier.startsWith(kind)) ?? "";
  return storedKind(kind) + sha256(identifier, "base64url");
};

interface AuthSettings {
  /** Signs cookies and encrypts second factors (`CONSOLE_SECRET`). */
  secret: string;
  /** Whether browsers may send the cookies over https only. */
  isSecure: boolean;
}

function createAuth(db: Db, { secret, isSecure }: AuthSettings) {
  return betterAuth({
    appName: "Taktwerk",
    baseURL: isSecure ? "https://localhost" : "http://localhost", // no link and no redirect is made of it
    secret,
    database: drizzleAdapter(db, {
      provider: "pg",
      transaction: true,
      schema: {
        user: operators,
        session: operatorSessions,
        account: operatorCredentials,
        verification: operatorVerifications,
        twoFactor: operatorSecondFactors,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      resetPasswordTokenExpiresIn: RESET_LINK_MS / SECOND_MS,
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: EXTEND_SECONDS },
    verification: { storeIdentifier: { hash: hashIdentifier } },
    advanced: {
      cookiePrefix: "taktwerk",
      useSecureCookies: isSecure,
      defaultCookieAttributes: { sameSite: "strict", httpOnly: true },
      ipAddress: { disableIpTracking: true },
      database: { validateSchema: false }, // migrations keep the tables as the schema says
    },
    rateLimit: { enabled: false }, // attempts.ts counts for all instances together
    telemetry: { enabled: false },
    logger: { disabled: true }, // the operations log what went wrong, without addresses
    plugins: [twoFactor({ trustDeviceMaxAge: TRUST_SECONDS, accountLockout: { enabled: false } })],
  });
}

export type Auth = ReturnType<typeof createAuth>;

const instances = new WeakMap<Db, Map<string, Auth>>();

/** The library on a database, made once for each kind of cookies. */
export function authOn(db: Db, settings: AuthSettings): Auth {
  const known = instances.get(db) ?? new Map<string, Auth>();
  instances.set(db, known);
  const key = `${settings.isSecure}:${settings.secret}`;
  const auth = known.get(key) ?? createAuth(db, settings);
  known.set(key, auth);
  return auth;
}
