import { config } from "../config.ts";
import type { Db } from "../db/db.ts";
import type { PeriodJob, PeriodRun, Progress, RunContext, RunResult } from "../jobs/job.ts";
import { takeChanges } from "../jobs/settlement.ts";
import { deriveBadges } from "./badges.ts";
import { readExercises } from "./catalogue.ts";
import { type Chunk, countActive, nextChunk } from "./chunks.ts";
import { type EmailReport, merge, NO_MAILS } from "./email-report.ts";
import { WEEKLY } from "./evaluations.ts";
import { deriveFriendsAwards, deriveLeaderboard } from "./leaderboard.ts";
import { type MailSettings, queueWeeklyMails } from "./weekly-mails.ts";
import { deriveWeeklyResults } from "./weekly-results.ts";

/** A pass over all users; each needs the one before it complete. */
type Pass = "results" | "honours" | "mails";

interface WeeklyState extends Progress {
  pass: Pass;
  /** Users up to this id are done in this pass. */
  after: string;
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
  state = await pass(context, "results", state, (tx, chunk, at) => results(tx, target, chunk, at));
  state = await pass(context, "honours", state, (tx, chunk, at) => honours(tx, target, chunk, at, context.now));
  if (target.newest) {
    const settings = await mailSettings(context.db);
    state = await pass(context, "mails", state, async (tx, chunk, at) => ({
      ...at,
      emails: merge(at.emails, await queueWeeklyMails(tx, target.period, chunk, settings, context.now)),
    }));
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
    await takeChanges(tx, WEEKLY, period.end);
    const total = (await countActive(tx)) * (newest ? 3 : 2);
    const counts = { users: 0, points: 0, workouts: 0, awards: 0, newBadges: 0, emails: NO_MAILS };
    return { pass: "results", after: "", done: 0, total, ...counts };
  });
}

type Step = (tx: Db, chunk: Chunk, state: WeeklyState) => Promise<WeeklyState>;

const ORDER: Pass[] = ["results", "honours", "mails"];

/** Goes over all users in chunks, one checkpoint each, from where an earlier invocation stopped. */
async function pass(context: RunContext<WeeklyState>, name: Pass, from: WeeklyState, step: Step): Promise<WeeklyState> {
  if (ORDER.indexOf(from.pass) > ORDER.indexOf(name)) return from;
  let state: WeeklyState = from.pass === name ? from : { ...from, pass: name, after: "" };
  for (;;) {
    const chunk = await nextChunk(context.db, state.after);
    if (chunk === undefined) return state;
    const before = state;
    state = await context.checkpoint(async (tx) => {
      const after = await step(tx, chunk, before);
      return { ...after, after: chunk.upTo, done: before.done + chunk.active };
    });
  }
}

async function results(tx: Db, { period }: PeriodRun, chunk: Chunk, state: WeeklyState): Promise<WeeklyState> {
  const sums = await deriveWeeklyResults(tx, period, chunk, config().sport);
  return {
    ...state,
    users: state.users + chunk.active,
    points: Math.round((state.points + sums.points) * 100) / 100,
    workouts: state.workouts + sums.workouts,
  };
}

async function honours(
  tx: Db,
  { period }: PeriodRun,
  chunk: Chunk,
  state: WeeklyState,
  now: Date,
): Promise<WeeklyState> {
  await deriveLeaderboard(tx, period, chunk);
  const awards = await deriveFriendsAwards(tx, period, chunk, now);
  const badges = await deriveBadges(tx, chunk, now);
  return { ...state, awards: state.awards + awards.held, newBadges: state.newBadges + badges.given };
}

async function mailSettings(db: Db): Promise<MailSettings> {
  const { baseUrl, mail, timeZone: zone } = config();
  const domain = mail.from?.match(/@([^\s>]+)/)?.[1] ?? "taktwerk.invalid";
  return { zone, baseUrl, preferencesSecret: mail.preferencesSecret, domain, exercises: await readExercises(db) };
}
