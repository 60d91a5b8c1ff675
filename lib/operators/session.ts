import { createHmac, timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";
import type { Role } from "./roles.ts";

/** The session of a signed-in operator, and whose it is. */
export interface OperatorSession {
  id: string;
  operator: { id: string; name: string; email: string; role: Role; language: "de" | "en" };
  /** Without a second factor, the session may only set one up. */
  hasSecondFactor: boolean;
}

/** The name of a cookie that better-auth sets (lib/operators/auth.ts). On https it can be set by this host over https only. */
export const consoleCookie = (name: "session_token" | "two_factor" | "trust_device", isSecure: boolean): string =>
  `${isSecure ? "__Secure-" : ""}taktwerk.${name}`;

export const sessionCookie = (isSecure: boolean): string => consoleCookie("session_token", isSecure);

/**
 * Reads a signed value of a `Cookie` header.
 * @returns undefined without the cookie, or if its signature is wrong: then no database needs to be asked.
 */
export function signedCookie(cookies: string, name: string, secret: string): string | undefined {
  const start = `${name}=`;
  const pair = cookies.split(/; */).find((pair) => pair.startsWith(start));
  if (pair === undefined) return undefined;
  const value = decode(pair.slice(start.length));
  const dot = value.lastIndexOf(".");
  const content = value.slice(0, Math.max(0, dot));
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const expected = createHmac("sha256", secret).update(content).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? content : undefined;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}

/**
 * Finds the session of a token: one statement on an index. It is written here and not left to better-auth, because loading the
 * library takes longer than most requests; a test compares the two.
 * @returns undefined if it has ended, or its operator is disabled.
 */
export async function findSession(db: Db, token: string, now: Date): Promise<OperatorSession | undefined> {
  const [found] = await rows<OperatorSession>(
    db,
    sql`select session.id, operator.two_factor_enabled as "hasSecondFactor",
        json_build_object('id', operator.id, 'name', operator.name, 'email', operator.email, 'role', operator.role,
          'language', operator.language) as operator
      from operator_sessions as session join operators as operator on operator.id = session.operator_id
      where session.token = ${token} and session.expires_at > ${at(now)} and operator.disabled_at is null`,
  );
  return found;
}
