import { config } from "../config.ts";
import type { Db } from "../db/db.ts";
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
  newBadges: number;
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
    const settings = await mailSettings(context.db);
    state = await overUsers(context, 2, mails(target, settings, context.now), state);
  }
  const { users, points, workouts, awards, newBadges, emails } = state;
  return {
    counts: { processedUsers: users, points, workouts, awards, newBadges, emails: emails.counts },
    details: { emailResults: emails.results },
  };
}

/** The first step: from here on, a change to the week's workouts is one that this run may not have seen. */
function begin(context: RunContext<WeeklyState>, { period, newest }: PeriodRun): Promise<WeeklyState> {
  return context.checkpoint(async (tx) => {
    await takeChanges(tx, WEEKLY, period.end, context.now);
    const total = (await countActive(tx)) * (newest ? 3 : 2);
    const counts = { users: 0, points: 0, workouts: 0, awards: 0, newBadges: 0, emails: NO_MAILS };
    return { pass: 0, after: "", done: 0, total, ...counts };
  });
}

/** Small enough for a step of well under a second, large enough that the round trips do not count. */
const CHUNK = 2_000;
/** Mails are the one thing that goes through this process's memory. */
const MAIL_CHUNK = 500;

const nothing = async (): Promise<void> => {};

function results({ period }: PeriodRun): Pass<WeeklyState> {
  return {
    chunkSize: CHUNK,
    reads: [],
    prepare: nothing,
    async step(tx, chunk, state) {
      const sums = await deriveWeeklyResults(tx, period, chunk, config().sport);
      const points = Math.round((state.points + sums.points) * 100) / 100;
      return { ...state, users: state.users + chunk.active, points, workouts: state.workouts + sums.workouts };
    },
  };
}

function honours({ period }: PeriodRun, now: Date): Pass<WeeklyState> {
  return {
    chunkSize: CHUNK,
    reads: ["weekly_results", "user_badges", "notifications"],
    prepare: nothing,
    async step(tx, chunk, state) {
      await deriveLeaderboard(tx, period, chunk);
      const awards = await deriveFriendsAwards(tx, period, chunk, now);
      const badges = await deriveBadges(tx, chunk, now);
      return { ...state, awards: state.awards + awards.held, newBadges: state.newBadges + badges.given };
    },
  };
}

function mails({ period }: PeriodRun, settings: MailSettings, now: Date): Pass<WeeklyState, PreparedMail[]> {
  return {
    chunkSize: MAIL_CHUNK,
    reads: ["leaderboard_results", "user_badges", "awards"],
    prepare: (db, chunk) => prepareWeeklyMails(db, period, chunk, settings),
    async step(tx, _chunk, state, prepared) {
      return { ...state, emails: merge(state.emails, await queuePreparedMails(tx, prepared, settings, now)) };
    },
  };
}

async function mailSettings(db: Db): Promise<MailSettings> {
  const { baseUrl, mail, timeZone: zone } = config();
  const domain = mail.from?.match(/@([^\s>]+)/)?.[1] ?? "taktwerk.invalid";
  return { zone, baseUrl, preferencesSecret: mail.preferencesSecret, domain, exercises: await readExercises(db) };
}
