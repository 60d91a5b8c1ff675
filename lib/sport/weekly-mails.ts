import { sql } from "drizzle-orm";
import { at, type Db, rows } from "../db/db.ts";
import { describeError } from "../errors.ts";
import { languageOf } from "../mail/language.ts";
import { type NewMail, queueMails } from "../mail/queue.ts";
import { unsubscribeUrl } from "../mail/unsubscribe.ts";
import { localDate, type Period } from "../time.ts";
import { type Chunk, within } from "./chunks.ts";
import { type EmailReport, type EmailResult, tally } from "./email-report.ts";
import type { Exercise } from "./names.ts";
import { type WeeklySummary, weeklyLetter } from "./weekly-letter.ts";

/** What the mails of a run have in common. */
export interface MailSettings {
  zone: string;
  baseUrl: string | undefined;
  preferencesSecret: string | undefined;
  /** Domain of the sender, for `Message-ID`. */
  domain: string;
  exercises: ReadonlyMap<string, Exercise>;
}

interface Recipient extends Omit<WeeklySummary, "language"> {
  userId: string;
  email: string | null;
  optedOut: boolean;
  language: string;
}

/** What is to become of a recipient: a mail, or the reason for none. */
export interface PreparedMail {
  result: EmailResult;
  mail?: NewMail;
}

/** Reads what a chunk's users did and writes their weekly summaries. Touches nothing. */
export async function prepareWeeklyMails(
  db: Db,
  week: Period,
  chunk: Chunk,
  settings: MailSettings,
): Promise<PreparedMail[]> {
  const recipients = await readRecipients(db, week, chunk);
  return recipients.map((recipient) => prepare(recipient, week, settings));
}

/** Queues prepared summaries, at most one for each user and week, ever. */
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
function prepare(recipient: Recipient, week: Period, settings: MailSettings): PreparedMail {
  const { userId, email } = recipient;
  if (recipient.optedOut) return { result: { userId, status: "skipped", reason: "email-notifications-disabled" } };
  if (email === null) return { result: { userId, status: "skipped", reason: "no-email-address" } };
  const { baseUrl, preferencesSecret } = settings;
  if (baseUrl === undefined || preferencesSecret === undefined) {
    return { result: { userId, status: "failed", reason: "unsubscribe-link-not-configured" } };
  }
  try {
    const url = unsubscribeUrl(baseUrl, preferencesSecret, userId, week.end);
    const summary = { ...recipient, language: languageOf(recipient.language) };
    const letter = weeklyLetter(summary, week, settings.zone, settings.exercises, url);
    const dedupeKey = `weekly-summary:${localDate(week.start, settings.zone)}:${userId}`;
    return {
      result: { userId, status: "queued" },
      mail: { dedupeKey, userId, recipient: email, unsubscribeUrl: url, ...letter },
    };
  } catch (error) {
    return { result: { userId, status: "failed", reason: describeError(error).message } };
  }
}

/**
 * Everything that stands in a user's summary. Each part is looked up by its key for one user at a time: these tables
 * are being filled, so the planner knows too little of them to be left a choice.
 */
async function readRecipients(tx: Db, week: Period, chunk: Chunk): Promise<Recipient[]> {
  return rows(
    tx,
    sql`select users.id as "userId", email, language,
        coalesce(preferences->'notifications'->>'email', 'true') = 'false' as "optedOut",
        coalesce(nickname, first_name) as name,
        coalesce(preferences->>'distanceUnit' in ('mi', 'miles'), false) as "inMiles",
        case jsonb_typeof(weekly_goals->'exercises') when 'array' then weekly_goals->'exercises' else '[]' end
          as "exerciseGoals",
        result.*, board.*, badges, awards
      from users
      cross join lateral (
        select total_points::float8 as points, total_workouts as workouts, exercise_totals as totals,
          goal_exercises_met as "goalExercisesMet", points_target::float8 as "pointsTarget",
          goal_points_met as "goalPointsMet", challenge_target::float8 as "challengeTarget",
          goal_challenge_met as "goalChallengeMet"
        from weekly_results where user_id = users.id and week_start = ${at(week.start)} offset 0) as result
      left join lateral (
        select rank, participants from leaderboard_results
        where user_id = users.id and week_start = ${at(week.start)} offset 0) as board on true
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'level', level) order by slug, level), '[]') as badges
        from user_badges where user_id = users.id and period_kind = 'week' and period_start = ${at(week.start)}) as earned
      cross join lateral (
        select coalesce(jsonb_agg(type order by type), '[]') as awards
        from awards where user_id = users.id and period_kind = 'week' and period_start = ${at(week.start)}) as won
      where ${within("users.id", chunk)}
      order by users.id`,
  );
}
