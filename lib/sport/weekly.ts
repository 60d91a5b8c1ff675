import { config } from "../config.ts";
import type { PeriodJob, PeriodRun, RunContext, RunResult } from "../jobs/job.ts";
import { takeChanges } from "../jobs/settlement.ts";
import { deriveBadges } from "./badges.ts";
import { readExercises } from "./catalogue.ts";
import { countActive } from "./chunks.ts";
import { type EmailReport, merge, NO_MAILS } from "./email-report.ts";
import { WEEKLY } from "./evaluations.ts";
import { deriveFriendsAwards, deriveLeaderboard } from "./leaderboard.ts";
import { overUsers, type Pass, type PassState } from "./passes.ts";
import { type MailSettings, type PreparedMail, prepareWeeklyMails, queuePreparedMails } from "./weekly-mails.ts";
import { deriveWeeklyResults } from "./weekly-results.ts";

interface WeeklyState extends PassState {
  users: number;
  points: number;
  workouts: number;
  awards: number;
  badges: number;
  emails: EmailReport;
}

/** Evaluates every user's week (domain, section 3). */
export const weekly: PeriodJob<WeeklyState> = {
  name: WEEKLY,
  command: "weekly",
  path: "/api/events/weekly",
  kind: "week",
  noun: "week",
  reach: 4,
  earlyMs: 86_400_000,
  run: evaluateWeek,
};

async function evaluateWeek(context: RunContext<WeeklyState>, target: PeriodRun): Promise<RunResult> {
  let state = context.state ?? (await begin(context, target));
  state = await overUsers(context, 0, results(target), state);
  state = await overUsers(context, 1, honours(target, context.now), state);
  if (target.newest) {
    const settings = await mailSettings(context);
    state = await overUsers(context, 2, mails(target, settings, context.now), state);
  }
  const { users, points, workouts, awards, badges, emails } = state;
  return {
    counts: { processedUsers: users, points, workouts, awards, badges, emails: emails.counts },
    details: { emailResults: emails.results },
  };
}

/** The first step: from here on, a change to the week's workouts is one that this run may not have seen. */
function begin(context: RunContext<WeeklyState>, { period, newest }: PeriodRun): Promise<WeeklyState> {
  return context.checkpoint(async (tx) => {
    await takeChanges(tx, WEEKLY, period.end, context.now);
    const total = (await countActive(tx)) * (newest ? 3 : 2);
    const counts = { users: 0, points: 0, workouts: 0, awards: 0, badges: 0, emails: NO_MAILS };
    return { pass: 0, after: "", done: 0, total, ...counts };
  });
}

/** Small enough for a step of well under a second, large enough that the round trips do not count. */
const CHUNK = 2_000;
/** Mails are the one thing that goes through this process's memory. */
const MAIL_CHUNK = 500;

/** Where the database has a core to spare, the derivations use it. */
const LANES = 2;

const nothing = async (): Promise<void> => {};

function results({ period }: PeriodRun): Pass<WeeklyState, void, { points: number; workouts: number }> {
  return {
    chunkSize: CHUNK,
    lanes: LANES,
    reads: [],
    prepare: nothing,
    write: (tx, chunk) => deriveWeeklyResults(tx, period, chunk, config().sport),
    count: (state, { points, workouts }, chunk) => ({
      ...state,
      users: state.users + chunk.active,
      points: Math.round((state.points + points) * 100) / 100,
      workouts: state.workouts + workouts,
    }),
  };
}

function honours({ period }: PeriodRun, now: Date): Pass<WeeklyState, void, { awards: number; badges: number }> {
  return {
    chunkSize: CHUNK,
    lanes: LANES,
    reads: ["weekly_results", "user_badges", "notifications"],
    prepare: nothing,
    async write(tx, chunk) {
      await deriveLeaderboard(tx, period, chunk);
      const awards = await deriveFriendsAwards(tx, period, chunk, now);
      const badges = await deriveBadges(tx, chunk, period.start, now);
      return { awards: awards.held, badges: badges.held };
    },
    count: (state, { awards, badges }) => ({
      ...state,
      awards: state.awards + awards,
      badges: state.badges + badges,
    }),
  };
}

function mails(
  { period }: PeriodRun,
  settings: MailSettings,
  now: Date,
): Pass<WeeklyState, PreparedMail[], EmailReport> {
  return {
    chunkSize: MAIL_CHUNK,
    lanes: 1, // a mail that was queued before counts as such
    reads: ["leaderboard_results", "user_badges", "awards"],
    prepare: (db, chunk) => prepareWeeklyMails(db, period, chunk, settings),
    write: (tx, _chunk, prepared) => queuePreparedMails(tx, prepared, settings, now),
    count: (state, emails) => ({ ...state, emails: merge(state.emails, emails) }),
  };
}

async function mailSettings({ db, zone }: RunContext<WeeklyState>): Promise<MailSettings> {
  const { baseUrl, mail } = config();
  const domain = mail.from?.match(/@([^\s>]+)/)?.[1] ?? "taktwerk.invalid";
  return { zone, baseUrl, preferencesSecret: mail.preferencesSecret, domain, exercises: await readExercises(db) };
}
