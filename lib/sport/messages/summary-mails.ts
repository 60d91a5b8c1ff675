import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { type NewMail, queueMails } from "../../mail/queue/enqueue.ts";
import { TOKEN_PLACEHOLDER } from "../../mail/queue/link-token.ts";
import { type Language, languageOf } from "../../mail/template/language.ts";
import { unsubscribeClaim, unsubscribeUrl } from "../../mail/unsubscribe/token.ts";
import { localDate, type Period } from "../../time/periods.ts";
import type { Evaluated } from "../evaluation/period-results.ts";
import { type Chunk, within } from "../evaluation/user-chunks.ts";
import type { Exercise } from "./labels.ts";
import { type EmailReport, type EmailResult, tally } from "./mail-counts.ts";
import type { Summary, SummaryLetter } from "./summary-letter.ts";

/** What the mails of a run have in common. */
export interface MailSettings {
  zone: string;
  baseUrl: string | undefined;
  preferencesSecret: string | undefined;
  /** Domain of the sender, for `Message-ID`. */
  domain: string;
  exercises: ReadonlyMap<string, Exercise>;
}

/** The summary mail of one kind of evaluation. */
export interface SummaryMail<S extends Summary> {
  kind: Evaluated;
  /** Names a period's mails by its first day: the start of their keys. */
  key(firstDay: string): string;
  /** What its letter tells beside what all do: columns, and what is joined to `users` for them. */
  own(period: Period): { columns: SQL; joins: SQL };
  letter: SummaryLetter<S>;
}

/** A summary as it is read. */
type Recipient<S extends Summary> = S & { userId: string; email: string | null; optedOut: boolean; language: string };

/** What is to become of a recipient: a mail, or the reason for none. */
export interface PreparedMail {
  result: EmailResult;
  mail?: NewMail;
}

/** Reads what a chunk's users did and writes their summaries. Touches nothing. */
export async function prepareMails<S extends Summary>(
  db: Db,
  mail: SummaryMail<S>,
  period: Period,
  chunk: Chunk,
  settings: MailSettings,
): Promise<PreparedMail[]> {
  const recipients = await readRecipients(db, mail, period, chunk);
  return recipients.map((recipient) => prepare(mail, recipient, period, settings));
}

/** Queues prepared summaries, at most one for each user and period, ever. */
export async function queuePreparedMails(
  tx: Db,
  prepared: PreparedMail[],
  settings: MailSettings,
  now: Date,
): Promise<EmailReport> {
  const mails = prepared.flatMap(({ mail }) => (mail === undefined ? [] : [mail]));
  const queued = await queueMails(tx, mails, settings.domain, now);
  return tally(
    prepared.map(({ result, mail }) =>
      mail === undefined || queued.has(mail.dedupeKey)
        ? result
        : { ...result, status: "skipped", reason: "already-queued" },
    ),
  );
}

/** Decides one recipient: a mail, or the reason for none. One letter that cannot be written does not stop the others. */
function prepare<S extends Summary>(
  mail: SummaryMail<S>,
  recipient: Recipient<S>,
  period: Period,
  settings: MailSettings,
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
    const letter = mail.letter({ ...recipient, language }, period, zone, settings.exercises, url);
    const dedupeKey = `${mail.key(localDate(period.start, zone))}:${userId}`;
    return {
      result: { userId, status: "queued" },
      mail: { dedupeKey, userId, recipient: email, unsubscribeUrl: url, tokenSeed, ...letter },
    };
  } catch (error) {
    return { result: { userId, status: "failed", reason: describeError(error).message } };
  }
}

/**
 * Everything that stands in a user's summary. Each part is looked up by its key for one user at a time: these tables
 * are being filled, so the planner knows too little of them to be left a choice.
 */
async function readRecipients<S extends Summary>(
  db: Db,
  { kind, own }: SummaryMail<S>,
  period: Period,
  chunk: Chunk,
): Promise<Recipient<S>[]> {
  const { columns, joins } = own(period);
  const earned = sql`user_id = users.id and period_kind = ${kind} and period_start = ${at(period.start)}`;
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
        from user_badges where ${earned}) as earned
      cross join lateral (
        select coalesce(json_agg(type order by type), '[]') as awards from awards where ${earned}) as won
      where ${within("users.id", chunk)}
      order by users.id`,
  );
}
