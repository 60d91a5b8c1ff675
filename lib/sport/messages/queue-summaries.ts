import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { type NewMail, queueMails } from "../../mail/queue/enqueue.ts";
import { TOKEN_PLACEHOLDER } from "../../mail/queue/link-token.ts";
import { languageOf } from "../../mail/template/language.ts";
import { unsubscribeClaim, unsubscribeUrl } from "../../mail/unsubscribe/token.ts";
import { localDate, type Period } from "../../time/periods.ts";
import type { Language } from "../../users/languages.ts";
import type { EvaluationKind } from "../evaluation/period-results.ts";
import { inChunk, type UserChunk } from "../evaluation/user-chunks.ts";
import { type EmailReport, type EmailResult, reportOf } from "./email-report.ts";
import type { ExerciseNames } from "./labels.ts";
import type { Summary, WriteLetter } from "./summary-letter.ts";

/** Settings and data that all mails of a run share. */
export interface SummarySettings {
  zone: string;
  baseUrl: string | undefined;
  preferencesSecret: string | undefined;
  /** The sender's domain, for `Message-ID`. */
  domain: string;
  exercises: ReadonlyMap<string, ExerciseNames>;
}

/** The summary mail of one kind of evaluation. */
export interface SummaryMail<S extends Summary> {
  kind: EvaluationKind;
  /** The start of the key of each mail of a period, which makes the mail unique. `firstDay` is `YYYY-MM-DD`. */
  keyPrefix(firstDay: string): string;
  /** The columns that the letter needs besides those of all summaries, and the joins to `users` that provide them. */
  read(period: Period): { columns: SQL; joins: SQL };
  writeLetter: WriteLetter<S>;
}

/** A row of `readRecipients`. */
type Recipient<S extends Summary> = S & { userId: string; email: string | null; optedOut: boolean; language: string };

/** A mail to queue, or the reason why the user gets none. */
export interface PreparedMail {
  result: EmailResult;
  mail?: NewMail;
}

/** Reads the results of a chunk's users and writes their letters. Changes nothing in the database. */
export async function prepareMails<S extends Summary>(
  db: Db,
  mail: SummaryMail<S>,
  period: Period,
  chunk: UserChunk,
  settings: SummarySettings,
): Promise<PreparedMail[]> {
  const recipients = await readRecipients(db, mail, period, chunk);
  return recipients.map((recipient) => prepareMail(mail, recipient, period, settings));
}

/** Queues prepared mails. A user gets at most one mail for a period, however often the period is evaluated. */
export async function queuePreparedMails(
  tx: Db,
  prepared: PreparedMail[],
  settings: SummarySettings,
  now: Date,
): Promise<EmailReport> {
  const mails = prepared.flatMap(({ mail }) => (mail === undefined ? [] : [mail]));
  const queued = await queueMails(tx, mails, settings.domain, now);
  return reportOf(
    prepared.map(({ result, mail }) =>
      mail === undefined || queued.has(mail.dedupeKey)
        ? result
        : { ...result, status: "skipped", reason: "already-queued" },
    ),
  );
}

/** An error while writing one letter does not stop the others. */
function prepareMail<S extends Summary>(
  mail: SummaryMail<S>,
  recipient: Recipient<S>,
  period: Period,
  settings: SummarySettings,
): PreparedMail {
  const { userId, email } = recipient;
  if (recipient.optedOut) return { result: { userId, status: "skipped", reason: "email-notifications-disabled" } };
  if (email === null) return { result: { userId, status: "skipped", reason: "no-email-address" } };
  const { zone, baseUrl, preferencesSecret } = settings;
  if (baseUrl === undefined || preferencesSecret === undefined) {
    return { result: { userId, status: "failed", reason: "unsubscribe-link-not-configured" } };
  }
  try {
    const url = unsubscribeUrl(baseUrl, TOKEN_PLACEHOLDER);
    const tokenSeed = `unsubscribe:${unsubscribeClaim(userId, period.end)}` as const;
    const language: Language = languageOf(recipient.language);
    const letter = mail.writeLetter({ ...recipient, language }, period, zone, settings.exercises, url);
    const dedupeKey = `${mail.keyPrefix(localDate(period.start, zone))}:${userId}`;
    return {
      result: { userId, status: "queued" },
      mail: { dedupeKey, userId, recipient: email, unsubscribeUrl: url, tokenSeed, ...letter },
    };
  } catch (error) {
    return { result: { userId, status: "failed", reason: describeError(error).message } };
  }
}

/**
 * Reads the content of the summaries of a chunk's users. Looks up each part by key for one user at a time: the tables
 * have just been filled, so the planner has too few statistics to choose well.
 */
async function readRecipients<S extends Summary>(
  db: Db,
  mail: SummaryMail<S>,
  period: Period,
  chunk: UserChunk,
): Promise<Recipient<S>[]> {
  const { columns, joins } = mail.read(period);
  const ofPeriod = sql`user_id = users.id and period_kind = ${mail.kind} and period_start = ${at(period.start)}`;
  return rows(
    db,
    sql`select users.id as "userId", email, language,
        coalesce(preferences->'notifications'->>'email', 'true') = 'false' as "optedOut",
        coalesce(nickname, first_name) as name,
        coalesce(preferences->>'distanceUnit' in ('mi', 'miles'), false) as "inMiles",
        ${columns}, badges, awards
      from users
      ${joins}
      cross join lateral (
        select coalesce(json_agg(json_build_object('slug', slug, 'level', level) order by slug, level), '[]') as badges
        from user_badges where ${ofPeriod}) as new_badges
      cross join lateral (
        select coalesce(json_agg(type order by type), '[]') as awards from awards where ${ofPeriod}) as new_awards
      where ${inChunk("users.id", chunk)}
      order by users.id`,
  );
}
