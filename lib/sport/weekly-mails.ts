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

/** Queues the weekly summaries of a chunk's users, at most one for each user and week, ever. */
export async function queueWeeklyMails(
  tx: Db,
  week: Period,
  chunk: Chunk,
  settings: MailSettings,
  now: Date,
): Promise<EmailReport> {
  const recipients = await readRecipients(tx, week, chunk);
  const prepared = recipients.map((recipient) => prepare(recipient, week, settings));
  const mails = prepared.flatMap((item) => (item.mail === undefined ? [] : [item.mail]));
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
function prepare(recipient: Recipient, week: Period, settings: MailSettings): { result: EmailResult; mail?: NewMail } {
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

async function readRecipients(tx: Db, week: Period, chunk: Chunk): Promise<Recipient[]> {
  return rows(
    tx,
    sql`select users.id as "userId", email, language,
        coalesce(preferences->'notifications'->>'email', 'true') = 'false' as "optedOut",
        coalesce(nickname, first_name) as name,
        coalesce(preferences->>'distanceUnit' in ('mi', 'miles'), false) as "inMiles",
        result.total_points::float8 as points, total_workouts as workouts, exercise_totals as totals,
        case jsonb_typeof(weekly_goals->'exercises') when 'array' then weekly_goals->'exercises' else '[]' end
          as "exerciseGoals",
        goal_exercises_met as "goalExercisesMet", points_target::float8 as "pointsTarget",
        goal_points_met as "goalPointsMet", challenge_target::float8 as "challengeTarget",
        goal_challenge_met as "goalChallengeMet", rank, participants,
        coalesce((select jsonb_agg(jsonb_build_object('slug', slug, 'level', level) order by slug, level)
          from user_badges as own
          where own.user_id = users.id and period_kind = 'week' and own.period_start = ${at(week.start)}), '[]') as badges,
        coalesce((select jsonb_agg(type order by type) from awards as own
          where own.user_id = users.id and period_kind = 'week' and own.period_start = ${at(week.start)}), '[]') as awards
      from weekly_results as result join users on users.id = result.user_id
      left join leaderboard_results as board
        on board.user_id = result.user_id and board.week_start = result.week_start
      where result.week_start = ${at(week.start)} and ${within("result.user_id", chunk)}
      order by users.id`,
  );
}
