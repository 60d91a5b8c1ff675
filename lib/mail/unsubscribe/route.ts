import { sql } from "drizzle-orm";
import * as z from "zod";
import { config } from "../../config/config.ts";
import { database } from "../../db/client.ts";
import { type Db, json, rows, transact } from "../../db/db.ts";
import { asUnavailable, wordsOf } from "../../db/failures/unavailable.ts";
import { AppError } from "../../errors.ts";
import { inBackground } from "../../http/background.ts";
import { readBody } from "../../http/body.ts";
import type { Description } from "../../http/openapi/describe.ts";
import { countRefusal, limitByAddress } from "../../http/rate-limit/rate-limit.ts";
import { endpoint } from "../../http/respond.ts";
import { log } from "../../log.ts";
import { reportError } from "../../telemetry/report-error.ts";
import { currentIds } from "../../trace.ts";
import type { Language } from "../../users/languages.ts";
import { languageOf, preferredLanguage } from "../template/language.ts";
import { type UnsubscribePage, unsubscribePage } from "./pages.ts";
import { verifyUnsubscribeToken } from "./token.ts";

const page = (about: string) => ({ about, type: "text/html" });

const shared: Omit<Description, "summary"> = {
  security: [],
  query: z.looseObject({ token: z.string().meta({ description: "The signed token in the link of a mail." }) }),
  responses: {
    200: page("A page that asks, or that confirms."),
    400: page("A page: the link is not valid, or has expired."),
    413: "The body is larger than a form with one field.",
    503: page("A page: unsubscribe links are not configured, or the database cannot be reached."),
  },
};

const DESCRIBED: { GET: Description; POST: Description } = {
  GET: { summary: "Asks whether to turn off e-mails for the user of the link.", ...shared },
  POST: {
    summary: "Turns off e-mails for the user of the link: the button of the page, or one click (RFC 8058).",
    ...shared,
  },
};

/**
 * `/api/events/emails/unsubscribe?token=…`: GET only asks, because mail scanners open links. POST unsubscribes; it
 * comes from the button of the page or from a mail program (one-click, RFC 8058). The signed token authorizes both.
 */
export const unsubscribeRoute = endpoint(DESCRIBED, {
  GET: limited,
  POST: limited,
});

/** The servers of mail programs act for many people from one address (RFC 8058), so the limit for machines applies. */
async function limited(request: Request, now: Date): Promise<Response> {
  await limitByAddress("events", request);
  return handleUnsubscribe(request, now);
}

/**
 * Responds to a GET or POST of the link with a page, in the user's language, or the browser's if the user is unknown. The
 * body is ignored, and read only if the token is valid.
 * @throws AppError `payload-too-large` (413) if the body is larger than a form with one field, `rate-limited` (429) after
 * many wrong signatures.
 */
export async function handleUnsubscribe(request: Request, now: Date): Promise<Response> {
  const language = preferredLanguage(request.headers.get("accept-language"));
  const { preferencesSecret } = config().mail;
  if (preferencesSecret === undefined) return html("not-configured", language);
  const tokens = new URL(request.url).searchParams.getAll("token");
  const verified = verifyUnsubscribeToken(tokens.length === 1 ? String(tokens[0]) : "", preferencesSecret, now);
  if ("reason" in verified && verified.reason !== "expired") await countRefusal(request, "unsubscribe");
  if ("reason" in verified) return html("bad-link", language);
  await readBody(request, MAX_BODY_BYTES);
  try {
    const isPost = request.method === "POST";
    const db = await database();
    const userLanguage = await (isPost ? unsubscribe(db, verified.userId) : languageOfUser(db, verified.userId));
    return html(isPost ? "done" : "question", userLanguage ?? language); // also for a deleted user, who gets no mail
  } catch (error) {
    log("error", "unsubscribe_failed", { userId: verified.userId, error: wordsOf(error) });
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

/** A one-click body has 26 bytes, or a few hundred as multipart/form-data. */
const MAX_BODY_BYTES = 4096;

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
      "Cache-Control": "no-store",
      "X-Robots-Tag": "noindex",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
  });
}
