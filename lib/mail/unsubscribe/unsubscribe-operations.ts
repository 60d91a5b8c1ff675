import { sql } from "drizzle-orm";
import * as z from "zod";
import { database } from "../../db/client.ts";
import { type Db, json, rows, transact } from "../../db/db.ts";
import { asUnavailable, wordsOf } from "../../db/failures/unavailable.ts";
import { AppError } from "../../errors.ts";
import { inBackground } from "../../http/background.ts";
import { readBody } from "../../http/body.ts";
import { type Call, operation } from "../../http/operation.ts";
import { log } from "../../log.ts";
import { reportError } from "../../telemetry/report-error.ts";
import { currentIds } from "../../trace.ts";
import type { Language } from "../../users/languages.ts";
import { languageOf, preferredLanguage } from "../template/language.ts";
import { type LinkHolder, linkHolder } from "./link-holder.ts";
import { type UnsubscribePage, unsubscribePage } from "./pages.ts";

/** The unsubscribe link. The signed token authorizes both operations. */

const page = (description: string) => ({ description, type: "text/html", schema: z.string() });

const SHARED = {
  path: "/api/events/emails/unsubscribe",
  access: linkHolder,
  query: z.looseObject({ token: z.string().meta({ description: "The signed token in the link of a mail." }) }),
  readsQuery: true,
  opensDatabase: true,
  responses: {
    200: page("A page that asks, or that confirms."),
    400: page("A page: the link is not valid, or has expired."),
    413: "The body is larger than a form with one field.",
    503: page("A page: unsubscribe links are not configured, or the database cannot be reached."),
  },
};

/** GET only asks, because mail scanners open links. */
const showUnsubscribePage = operation({
  ...SHARED,
  id: "showUnsubscribePage",
  method: "GET",
  summary: "Asks whether to turn off e-mails for the user of the link.",
  handle: (call) => respondWithPage(call, "question", languageOfUser),
});

const unsubscribeByLink = operation({
  ...SHARED,
  id: "unsubscribe",
  method: "POST",
  summary: "Turns off e-mails for the user of the link: the button of the page, or one click (RFC 8058).",
  handle: (call) => respondWithPage(call, "done", unsubscribe),
});

export const operations = [showUnsubscribePage, unsubscribeByLink];

/**
 * Responds with a page, in the user's language, or the browser's if the user is unknown. The body is ignored, and read only if
 * the token is valid.
 * @param work What to do for the user; it returns the user's language.
 * @throws AppError `payload-too-large` (413) if the body is larger than a form with one field.
 */
async function respondWithPage(
  { caller, request }: Pick<Call<LinkHolder, unknown, unknown, unknown, unknown>, "caller" | "request">,
  page: UnsubscribePage,
  work: (db: Db, userId: string) => Promise<Language | undefined>,
): Promise<Response> {
  const language = preferredLanguage(request.headers.get("accept-language"));
  if ("reason" in caller) return html(caller.reason, language);
  const { userId } = caller;
  await readBody(request, linkHolder.largestBody);
  try {
    return html(page, (await work(await database(), userId)) ?? language); // also for a deleted user, who gets no mail
  } catch (error) {
    log("error", "unsubscribe_failed", { userId, error: wordsOf(error) });
    inBackground(reportError(error, { path: new URL(request.url).pathname, ...currentIds() }));
    const unavailable = asUnavailable(error);
    return html("unavailable", language, unavailable instanceof AppError ? unavailable.headers : {});
  }
}

/** Turns a user's mails off and keeps every other preference. @returns the user's language; undefined for an unknown user. */
async function unsubscribe(db: Db, userId: string): Promise<Language | undefined> {
  const [user] = await transact(db, (tx) =>
    rows<{ language: string; changed: boolean }>(
      tx,
      // A missing or malformed object is replaced, so that unsubscribing always works.
      sql`with changed as (
          update users set preferences = jsonb_set(
            case jsonb_typeof(preferences) when 'object' then preferences else '{}' end, '{notifications}',
            case jsonb_typeof(preferences->'notifications') when 'object' then preferences->'notifications' else '{}' end
              || ${json({ email: false })})
          where id = ${userId} and preferences->'notifications'->'email' is distinct from 'false'
          returning id)
        select language, exists (select from changed) as changed from users where id = ${userId}`,
    ),
  );
  log("info", "unsubscribed", { userId, known: user !== undefined, changed: user?.changed ?? false });
  return user && languageOf(user.language);
}

async function languageOfUser(db: Db, userId: string): Promise<Language | undefined> {
  const [user] = await rows<{ language: string }>(db, sql`select language from users where id = ${userId}`);
  return user && languageOf(user.language);
}

const STATUS: Record<UnsubscribePage, number> = {
  question: 200,
  done: 200,
  "bad-link": 400,
  "not-configured": 503,
  unavailable: 503,
};

function html(page: UnsubscribePage, language: Language, headers: Record<string, string> = {}): Response {
  return new Response(unsubscribePage(page, language), {
    status: STATUS[page],
    headers: {
      ...headers,
      "Content-Type": "text/html; charset=utf-8",
      "Content-Language": language,
      "X-Robots-Tag": "noindex",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
  });
}
