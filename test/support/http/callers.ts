import type { Credential } from "../../../lib/http/access.ts";
import { includesRole, ROLES, type Role } from "../../../lib/operators/roles.ts";
import { ANOTHERS, ANOTHERS_CANCEL_TOKEN, CANCEL_TOKEN, MINE } from "../../worlds/api-world.ts";
import { apiTokenOf, CONSOLE_SECRET, cookieOf, SHUT_OUT } from "../../worlds/operators.ts";
import type { OperationRequest } from "./every-operation.ts";
import { ADMIN_TOKEN, CRON_SECRET } from "./requests.ts";
import { signed, USER_SECRET } from "./tokens.ts";

/** Everyone who may come to an operation, and what the declared access says to each of them. */

export interface KnownCaller {
  name: string;
  /** The headers with which the caller comes. */
  headers: Record<string, string>;
  credential?: Credential;
  /** Of an operator or an API token. */
  role?: Role;
  /** Whether the caller is a browser on another page, which may not sign in here either. */
  isElsewhere?: boolean;
  /** What the declared access says to this caller where it requires the credential; by default what the role says. */
  where?: (request: OperationRequest) => Verdict;
}

/** What a caller gets by the operation's declared access: let in, or a status. */
export type Verdict = "let in" | 401 | 403;

/** The operations that an operator may call before the second factor is set up. */
const OF_NEW_ACCOUNTS = new Set([
  "confirmSecondFactor",
  "signOut",
  "signOutEverywhere",
  "startSecondFactor",
  "updateAccount",
]);

/** What the tests know of a credential. A new one needs an entry here, and is then tried on every operation. */
interface CredentialRule {
  /** Who has it: good for what the examples name, or for something else. */
  holders: () => Promise<Omit<KnownCaller, "credential">[]>;
  /** The setting without which nobody can have the credential. */
  setting?: { name: string; value: string };
  /** The status for other tokens, if it is not 401. */
  refusal?: 403;
  /** Credentials that are understood where this one is required, but do not suffice: 403. */
  understands?: readonly Credential[];
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** The holder of a token that is good for what the examples name, and perhaps one whose token is for something else. */
const owners = (
  name: string,
  own: () => string | Promise<string>,
  foreign?: { token: () => string | Promise<string>; isRefused: (request: OperationRequest) => boolean },
) =>
  async function holders() {
    const owner = { name, headers: bearer(await own()) };
    if (foreign === undefined) return [owner];
    const where = (request: OperationRequest): Verdict => (foreign.isRefused(request) ? 403 : "let in");
    return [owner, { name: `another's ${name}`, headers: bearer(await foreign.token()), where }];
  };

const ADMIN_SETTING = { name: "ADMIN_TOKEN", value: ADMIN_TOKEN };
const OWN_PAGE = { origin: "https://taktwerk.example" };

const CREDENTIALS: Record<Credential, CredentialRule> = {
  cronSecret: {
    holders: owners("cronSecret", () => CRON_SECRET),
    setting: { name: "CRON_SECRET", value: CRON_SECRET },
  },
  adminToken: {
    holders: owners("adminToken", () => ADMIN_TOKEN),
    setting: ADMIN_SETTING,
  },
  apiToken: {
    holders: async () => [
      ...ROLES.map((role) => ({ name: `API token of ${role}`, headers: bearer(apiTokenOf(role)), role })),
      ...SHUT_OUT.tokens.map((name) => ({
        name: `API token, ${name}`,
        headers: bearer(apiTokenOf(name)),
        where: (): Verdict => 401,
      })),
    ],
    understands: ["userToken"],
    setting: ADMIN_SETTING, // they are in the database, and closed as long as nothing is set
  },
  operatorSession: {
    holders: async () => [
      ...ROLES.map((role) => ({ name: `session of ${role}`, headers: { cookie: cookieOf(role), ...OWN_PAGE }, role })),
      ...SHUT_OUT.operators.map((id) => ({
        name: `session, ${id}`,
        headers: { cookie: cookieOf(id), ...OWN_PAGE },
        where: (): Verdict => 401,
      })),
      {
        name: "session signed by someone else",
        headers: { cookie: cookieOf("admin", { secret: "another" }), ...OWN_PAGE },
        where: () => 401,
      },
      {
        name: "session without second factor",
        headers: { cookie: cookieOf("without-second-factor"), ...OWN_PAGE },
        where: ({ id }) => (OF_NEW_ACCOUNTS.has(id) ? "let in" : 403),
      },
      {
        name: "session on another page",
        isElsewhere: true,
        headers: { cookie: cookieOf("admin-elsewhere"), "sec-fetch-site": "cross-site" },
        where: ({ method }) => (method === "GET" ? "let in" : 403),
      },
    ],
    setting: { name: "CONSOLE_SECRET", value: CONSOLE_SECRET },
  },
  userToken: {
    holders: owners("userToken", () => signed({ sub: MINE }), {
      token: () => signed({ sub: ANOTHERS }),
      isRefused: (request) => usersIn(request).includes(MINE),
    }),
    setting: { name: "AUTH_JWT_SECRET", value: USER_SECRET },
  },
  siteWriteKey: { holders: owners("siteWriteKey", () => `twk_pub_write-key-of-${MINE}`) },
  siteReadKey: { holders: owners("siteReadKey", () => `twk_sec_read-key-of-${MINE}`) },
  cancelToken: {
    holders: owners("cancelToken", () => CANCEL_TOKEN, { token: () => ANOTHERS_CANCEL_TOKEN, isRefused: () => true }),
    refusal: 403,
  },
};

/** The settings that open everything, without limits. */
export const OPEN_SETTINGS: Record<string, string> = {
  ...Object.fromEntries(
    Object.values(CREDENTIALS).flatMap(({ setting }) => (setting ? [[setting.name, setting.value]] : [])),
  ),
  RATE_LIMIT_READS: "0",
  RATE_LIMIT_WRITES: "0",
  RATE_LIMIT_REFUSALS: "0",
};

/** Callers without a token, with a wrong one, and with each credential. */
export async function everyCaller(): Promise<KnownCaller[]> {
  const holders = Object.entries(CREDENTIALS).map(async ([credential, { holders }]) =>
    (await holders()).map((holder): KnownCaller => ({ ...holder, credential: credential as Credential })),
  );
  return [
    { name: "no token", headers: {} },
    { name: "a wrong token", headers: bearer("a-wrong-one") },
    ...(await Promise.all(holders)).flat(),
  ];
}

export function verdictFor(request: OperationRequest, caller: KnownCaller): Verdict {
  const { headers, credential, role, where, isElsewhere = false } = caller;
  const required = request.credentials as Credential[];
  if (required.length === 0) {
    return isElsewhere && request.tag === "Accounts" && request.method !== "GET" ? 403 : "let in";
  }
  if (credential !== undefined && required.includes(credential)) {
    if (where !== undefined) return where(request);
    return role !== undefined && request.role !== undefined && !includesRole(role, request.role) ? 403 : "let in";
  }
  if (headers.authorization === undefined) return 401;
  const rules = required.map((name) => CREDENTIALS[name]);
  const isUnderstood = rules.some(
    ({ understands = [] }) => credential !== undefined && understands.includes(credential),
  );
  return isUnderstood || rules.some(({ refusal }) => refusal === 403) ? 403 : 401;
}

/** Whether an operation is closed to everyone as long as nothing is set. */
export const isClosedWithoutSettings = ({ credentials }: OperationRequest): boolean =>
  credentials.length > 0 && credentials.every((name) => CREDENTIALS[name as Credential].setting !== undefined);

/** The users whom a request names: in its query, and in the items of its body. */
function usersIn({ path, json }: OperationRequest): unknown[] {
  const { searchParams } = new URL(path, "https://taktwerk.example");
  const lists = Object.entries((json ?? {}) as Record<string, unknown>);
  const named = lists.flatMap(([list, items]) =>
    (Array.isArray(items) ? items : []).map((item) => (list === "users" ? item.id : item.userId)),
  );
  return [searchParams.get("userId"), ...named];
}
