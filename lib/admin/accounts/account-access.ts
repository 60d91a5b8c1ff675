import { ADMIN_TOKEN_HOLDER } from "../../audit/actor.ts";
import { config } from "../../config/config.ts";
import type { Access } from "../../http/access.ts";
import { requireSecret } from "../../http/bearer.ts";
import { SMALL_BODY } from "../../http/body.ts";
import { type OperatorCaller, requireSecondFactor, requireSession } from "../../http/caller.ts";
import { requireOwnPageOfBrowser } from "../../http/origin.ts";
import { limitByAddress, limitByUser, limitRefusals } from "../../http/rate-limit/rate-limit.ts";
import type { OperatorSession } from "../../operators/session.ts";
import { requireConsoleSecret } from "./open-auth.ts";

/** Who may call the operations of accounts. Pages on other origins may not, whatever `ALLOWED_ORIGINS` says. */

/** Someone who is not signed in yet. */
export const visitors: Access<undefined> = {
  credentials: [],
  cors: undefined,
  largestBody: SMALL_BODY,
  authenticate: async ({ request }) => {
    requireOwnPageOfBrowser(request);
    await limitByAddress(request.method === "GET" ? "reads" : "writes", request);
    return undefined;
  },
};

/** An operator with the session that the request was sent in. */
export interface AccountCaller extends OperatorCaller {
  session: OperatorSession;
}

/** Operators with a session, for their own account. API tokens and `ADMIN_TOKEN` belong to no account. */
export const accountHolders = sessionsWhere((session) => requireSecondFactor(session));

/** The same, also before a second factor is set up. */
export const newAccountHolders = sessionsWhere(() => {});

function sessionsWhere(check: (session: OperatorSession) => void): Access<AccountCaller> {
  return {
    credentials: ["operatorSession"],
    cors: undefined,
    largestBody: SMALL_BODY,
    authenticate: async ({ request, now }) => {
      requireConsoleSecret();
      const session = await requireSession(request, now);
      check(session);
      const { id, name, role } = session.operator;
      await limitByUser(request.method === "GET" ? "reads" : "writes", `operator:${id}`);
      return { kind: "operator", role, actor: { kind: "operator", id, name }, session };
    },
  };
}

/** Who deploys the system, with `ADMIN_TOKEN`: API tokens and sessions belong to accounts that exist already. */
export const deployers: Access<OperatorCaller> = {
  credentials: ["adminToken"],
  cors: undefined,
  largestBody: SMALL_BODY,
  authenticate: ({ request }) =>
    limitRefusals(request, "admin", () => {
      requireSecret(request, "ADMIN_TOKEN", config().adminToken);
      return { kind: "operator", role: "admin", actor: ADMIN_TOKEN_HOLDER };
    }),
};
