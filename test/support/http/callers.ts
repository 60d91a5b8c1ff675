import type { Credential } from "../../../lib/http/access.ts";
import { ANOTHERS, ANOTHERS_CANCEL_TOKEN, CANCEL_TOKEN, MINE } from "../../worlds/api-world.ts";
import type { OperationRequest } from "./every-operation.ts";
import { ADMIN_TOKEN, CRON_SECRET } from "./requests.ts";
import { signed, USER_SECRET } from "./tokens.ts";

/** Everyone who may come to an operation, and what the declared access says to each of them. */

/** What the tests know of a credential. A new one needs an entry here, and is then tried on every operation. */
interface CredentialRule {
  /** A token that is good for what the examples name. */
  own: () => string | Promise<string>;
  /** A token of the same kind that is good for something else, and whether a request is about what it is not good for. */
  foreign?: { token: () => string | Promise<string>; isRefused: (request: OperationRequest) => boolean };
  /** The setting without which nobody can have the credential. */
  setting?: { name: string; value: string };
  /** The status for other tokens, if it is not 401. */
  refusal?: 403;
  /** Credentials that are understood where this one is required, but do not suffice: 403. */
  understands?: readonly Credential[];
}

const CREDENTIALS: Record<Credential, CredentialRule> = {
  cronSecret: { own: () => CRON_SECRET, setting: { name: "CRON_SECRET", value: CRON_SECRET } },
  adminToken: {
    own: () => ADMIN_TOKEN,
    setting: { name: "ADMIN_TOKEN", value: ADMIN_TOKEN },
    understands: ["userToken"],
  },
  userToken: {
    own: () => signed({ sub: MINE }),
    foreign: { token: () => signed({ sub: ANOTHERS }), isRefused: (request) => usersIn(request).includes(MINE) },
    setting: { name: "AUTH_JWT_SECRET", value: USER_SECRET },
  },
  siteWriteKey: { own: () => `twk_pub_write-key-of-${MINE}` },
  siteReadKey: { own: () => `twk_sec_read-key-of-${MINE}` },
  cancelToken: {
    own: () => CANCEL_TOKEN,
    foreign: { token: () => ANOTHERS_CANCEL_TOKEN, isRefused: () => true },
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

export interface KnownCaller {
  name: string;
  token?: string;
  credential?: Credential;
  isForeign?: boolean;
}

/** Callers without a token, with a wrong one, and with each credential: their own and another's. */
export async function everyCaller(): Promise<KnownCaller[]> {
  const holders = Object.entries(CREDENTIALS).map(async ([name, { own, foreign }]): Promise<KnownCaller[]> => {
    const credential = name as Credential;
    return [
      { name: credential, token: await own(), credential },
      ...(foreign
        ? [{ name: `another's ${credential}`, token: await foreign.token(), credential, isForeign: true }]
        : []),
    ];
  });
  return [
    { name: "no token" },
    { name: "a wrong token", token: "a-wrong-one" },
    ...(await Promise.all(holders)).flat(),
  ];
}

/** What a caller gets by the operation's declared access: let in, or a status. */
export type Verdict = "let in" | 401 | 403;

export function verdictFor(request: OperationRequest, { token, credential, isForeign = false }: KnownCaller): Verdict {
  const required = request.credentials as Credential[];
  if (required.length === 0) return "let in";
  if (token === undefined) return 401;
  if (credential !== undefined && required.includes(credential)) {
    return isForeign && CREDENTIALS[credential].foreign?.isRefused(request) ? 403 : "let in";
  }
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
