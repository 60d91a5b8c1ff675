import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { at, type Db, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { isSecure, sessionOf } from "../../http/caller.ts";
import { id } from "../../http/fields.ts";
import { operation, Reply } from "../../http/operation.ts";
import { sentInstant } from "../../http/responses/fields.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { endSession, endSessions, listSessionsOf, updateOwnAccount } from "../../operators/accounts.ts";
import { consoleCookie } from "../../operators/session.ts";
import { DAY_MS } from "../../time/durations.ts";
import { accountHolders, newAccountHolders, visitors } from "./account-access.ts";
import { clubName } from "./club.ts";
import { DONE, done, language, operatorName, ownAccount } from "./fields.ts";
import { answerOf, COOKIE_HEADERS, headersFor, openAuth, settingCookies } from "./open-auth.ts";

/** The session of the browser that asks, the operator's other sessions, and their own account. */

const presentSession = z
  .object({
    operator: ownAccount.nullable().meta({ description: "Who is signed in; null for nobody." }),
    secondFactor: z.enum(["verified", "missing", "required"]).nullable().meta({
      description:
        "`verified`: signed in. `missing`: the operator has to set up a second factor first. `required`: a sign-in waits for a code. Null without any of these.",
    }),
    sessionId: z.string().nullable().meta({ description: "The present session in `listSessions`." }),
    canSignIn: z.boolean().meta({ description: "Whether `CONSOLE_SECRET` is set." }),
    club: z
      .object({
        name: z.string().meta({ description: "The name of the sender of mails (`EMAIL_FROM`)." }),
        timezone: z.string().meta({ description: "The zone in which the console shows times (`EVENTS_TIMEZONE`)." }),
      })
      .meta({ id: "Club", description: "What the console says on each page." }),
  })
  .meta({ id: "PresentSession", description: "Who is signed in in this browser." });

export const getSession = operation({
  id: "getSession",
  method: "GET",
  path: "/api/auth/session",
  access: visitors,
  summary: "Says who is signed in in this browser, and how far a sign-in has come.",
  description: "It also extends the session, so that it ends 14 days after the last visit.",
  responses: {
    200: { description: "The session, or that there is none.", schema: presentSession, headers: COOKIE_HEADERS },
  },
  handle: async ({ db, request, now }) => {
    const session = await sessionOf(request, now);
    const common = {
      canSignIn: config().consoleSecret !== undefined,
      club: { name: clubName(), timezone: config().timeZone },
    };
    if (session === undefined) {
      const secondFactor = isWaitingForCode(request) ? ("required" as const) : null;
      return { operator: null, secondFactor, sessionId: null, ...common };
    }
    const secondFactor = session.hasSecondFactor ? ("verified" as const) : ("missing" as const);
    const body = { operator: session.operator, secondFactor, sessionId: session.id, ...common };
    return new Reply(200, body, settingCookies(await extend(db, request, session.id, now)));
  },
});

const isWaitingForCode = (request: Request): boolean =>
  (request.headers.get("cookie") ?? "").includes(`${consoleCookie("two_factor", isSecure(request))}=`);

/** Extends a session at most once a day. @returns the cookies that say so to the browser. */
async function extend(db: Db, request: Request, sessionId: string, now: Date): Promise<string[]> {
  const yesterday = new Date(now.getTime() - DAY_MS);
  const due = await rows(
    db,
    sql`select from operator_sessions where id = ${sessionId} and updated_at <= ${at(yesterday)}`,
  );
  if (due.length === 0) return [];
  const auth = await openAuth(db, request);
  const { cookies } = await answerOf(auth.api.getSession({ headers: headersFor(request), returnHeaders: true }));
  return cookies;
}

export const signOut = operation({
  id: "signOut",
  method: "POST",
  path: "/api/auth/sign-out",
  access: newAccountHolders,
  summary: "Ends the session of this browser.",
  responses: { 200: { description: "The session has ended.", schema: done, headers: COOKIE_HEADERS } },
  handle: async ({ db, caller, request }) => {
    await endSession(db, { id: caller.session.id, operatorId: caller.session.operator.id });
    return new Reply(200, DONE, settingCookies(await expiredCookies(db, request)));
  },
});

export const signOutEverywhere = operation({
  id: "signOutEverywhere",
  method: "POST",
  path: "/api/auth/sign-out-everywhere",
  access: newAccountHolders,
  summary: "Ends all sessions of the operator, also this one. No browser is trusted any more.",
  responses: { 200: { description: "All sessions have ended.", schema: done, headers: COOKIE_HEADERS } },
  handle: async ({ db, caller, request }) => {
    await endSessions(db, caller.session.operator.id);
    return new Reply(200, DONE, settingCookies(await expiredCookies(db, request)));
  },
});

async function expiredCookies(db: Db, request: Request): Promise<string[]> {
  const auth = await openAuth(db, request);
  const { cookies } = await answerOf(auth.api.signOut({ headers: headersFor(request), returnHeaders: true }));
  return cookies;
}

const sessionItem = z
  .object({
    id: z.string(),
    isPresent: z.boolean().meta({ description: "Whether it is the session of this request." }),
    userAgent: z
      .string()
      .nullable()
      .meta({
        description: "What the browser says about itself.",
        examples: ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
      }),
    createdAt: sentInstant,
    lastSeenAt: sentInstant.meta({ description: "To the day." }),
    expiresAt: sentInstant,
  })
  .meta({ id: "SessionItem", description: "A browser in which the operator is signed in." });

export const listSessions = operation({
  id: "listSessions",
  method: "GET",
  path: "/api/auth/sessions",
  access: accountHolders,
  summary: "Lists the browsers in which the operator is signed in, the one used last first.",
  responses: { 200: { description: "The sessions.", schema: listOf("SessionList", sessionItem) } },
  handle: async ({ db, caller, now }) => {
    const sessions = await listSessionsOf(db, caller.session.operator.id, now);
    return wholeList(sessions.map((session) => ({ ...session, isPresent: session.id === caller.session.id })));
  },
});

export const revokeSession = operation({
  id: "revokeSession",
  method: "DELETE",
  path: "/api/auth/sessions/{id}",
  access: accountHolders,
  summary: "Ends one of the operator's sessions.",
  params: z.strictObject({ id: id.meta({ description: "The session.", examples: ["one-of-mine"] }) }),
  responses: { 200: { description: "The session has ended.", schema: done }, 404: "The operator has no such session." },
  handle: async ({ db, caller, params }) => {
    const ended = await endSession(db, { id: params.id, operatorId: caller.session.operator.id });
    if (!ended) throw new AppError("not-found", `There is no session ${JSON.stringify(params.id)}.`);
    return DONE;
  },
});

export const updateAccount = operation({
  id: "updateAccount",
  method: "PATCH",
  path: "/api/auth/account",
  access: newAccountHolders,
  summary: "Changes the operator's name or language.",
  body: z
    .strictObject({ name: operatorName.optional(), language: language.optional() })
    .meta({ id: "OwnAccountChange", description: "Fields that are left out keep their values." }),
  example: { language: "de" },
  responses: { 200: { description: "The account.", schema: ownAccount } },
  handle: async ({ db, body, caller, now }) => {
    const { operator } = caller.session;
    await updateOwnAccount(db, operator.id, body, now);
    const { name = operator.name, language = operator.language } = body;
    return { ...operator, name, language };
  },
});
