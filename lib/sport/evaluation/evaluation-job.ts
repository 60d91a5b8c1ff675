import { type SQL, sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { type Db, json, rows } from "../../db/db.ts";
import { joinByHashing } from "../../db/server/planner.ts";
import type { PeriodJob, RunContext, RunResult } from "../../jobs/job.ts";
import { consumeChanges } from "../../jobs/settlement.ts";
import { sender } from "../../mail/sender.ts";
import type { Period } from "../../time/periods.ts";
import { addReports, type EmailReport, NO_EMAILS } from "../messages/email-report.ts";
import {
  type PreparedMail,
  prepareMails,
  queuePreparedMails,
  type SummaryMail,
  type SummarySettings,
} from "../messages/queue-summaries.ts";
import type { Summary } from "../messages/summary-letter.ts";
import { loadExercises } from "../training/exercise-catalog.ts";
import { deriveAwards } from "./awards.ts";
import { deriveBadges } from "./badges.ts";
import { type BatchState, type Pass, runBetweenPasses, runPass } from "./batch-runner.ts";
import {
  addChanges,
  deriveResults,
  type EvaluationKind,
  NO_CHANGES,
  type ResultChange,
  type ResultChanges,
  type ResultExtension,
  type ResultSums,
} from "./period-results.ts";
import { addSums, NO_RESULTS, writePeriodTotals } from "./period-totals.ts";
import { evaluationResult } from "./run-result.ts";
import { countActiveUsers, type UserChunk } from "./user-chunks.ts";

export interface EvaluationState extends BatchState {
  users: number;
  points: number;
  workouts: number;
  awards: number;
  badges: number;
  emails: EmailReport;
  /** Undefined in the state that an older release stored. */
  results?: ResultChanges | undefined;
  totals: ResultSums;
}

/** Users per chunk. */
export interface ChunkSizes {
  /** For results, ranks, awards and badges. */
  derive: number;
  /** For mails, the only data that passes through this process's memory. */
  mail: number;
}

/** A chunk takes well under a second, and round trips do not count. */
export const CHUNK_SIZES: ChunkSizes = { derive: 2_000, mail: 500 };

/** What differs between weeks and months. */
export interface EvaluationRules<S extends Summary> {
  /** The columns that only this kind of result has. */
  results(): ResultExtension;
  /** Ranks the values of all users, before users get their ranks. Weeks have no such step. */
  standings?: ((tx: Db, period: Period) => Promise<void>) | undefined;
  /** Writes the ranks of a chunk's users. */
  ranks(tx: Db, period: Period, chunk: UserChunk): Promise<void>;
  /** A query for the awards that a chunk's users earn: `user_id` and `type`. */
  awards(period: Period, chunk: UserChunk): SQL;
  mail: SummaryMail<S>;
  /** For each step, the tables that it reads and that earlier steps filled. */
  reads: Record<"standings" | "ranks" | "mails", readonly string[]>;
}

type Description = Omit<PeriodJob<EvaluationState>, "run" | "result" | "kind"> & { kind: EvaluationKind };
type Context = RunContext<EvaluationState>;

/**
 * Defines a job that evaluates a week or a month for all users (docs/domain.md, section 3): first the results, then
 * ranks, awards and badges, and for the newest period the summary mails.
 */
export function evaluationJob<S extends Summary>(
  description: Description,
  rules: EvaluationRules<S>,
  sizes: ChunkSizes,
): PeriodJob<EvaluationState> {
  const { name, kind } = description;
  return {
    ...description,
    result: evaluationResult,
    async run(context, { period, newest }) {
      // A run that an older release began has no totals. It starts again; rows that are right already are not written.
      let state = context.state?.totals === undefined ? await begin(context, name, period, newest) : context.state;
      const mails = newest ? await mailsPass(context, rules, period, sizes) : undefined;
      let pass = 0;
      state = await runPass(context, pass, resultsPass(kind, rules, period, sizes), state);
      const { standings, reads } = rules;
      if (standings !== undefined) {
        pass += 1;
        state = await runBetweenPasses(
          context,
          pass,
          "compare-members",
          reads.standings,
          (tx) => standings(tx, period),
          state,
        );
      }
      pass += 1;
      state = await runPass(context, pass, ranksPass(kind, rules, period, sizes, context.now), state);
      if (mails !== undefined) {
        pass += 1;
        state = await runPass(context, pass, mails, state);
      }
      return report(context.db, await storeTotals(context, kind, period, state));
    },
  };
}

/** The first step removes the noted changes of the period. A change that commits later stays noted: this run may miss it. */
function begin(context: Context, jobName: string, period: Period, newest: boolean): Promise<EvaluationState> {
  context.step("count-members");
  return context.checkpoint(async (tx) => {
    await consumeChanges(tx, jobName, period.end, context.now);
    const total = (await countActiveUsers(tx)) * (newest ? 3 : 2);
    const counts = { users: 0, points: 0, workouts: 0, awards: 0, badges: 0, emails: NO_EMAILS, totals: NO_RESULTS };
    return { pass: 0, after: "", done: 0, total, ...counts };
  });
}

/** Uses a second core of the database if it has one. */
const CONCURRENCY = 2;

const prepareNothing = async (): Promise<void> => {};

function resultsPass<S extends Summary>(
  kind: EvaluationKind,
  rules: EvaluationRules<S>,
  period: Period,
  sizes: ChunkSizes,
): Pass<EvaluationState, void, ResultSums & ResultChanges> {
  return {
    step: kind === "week" ? "evaluate-weeks" : "evaluate-months",
    chunkSize: sizes.derive,
    concurrency: CONCURRENCY,
    reads: [],
    prepare: prepareNothing,
    async write(tx, chunk) {
      await joinByHashing(tx);
      return deriveResults(tx, kind, period, chunk, rules.results());
    },
    addCounts: (state, sums, chunk) => ({
      ...state,
      users: state.users + chunk.activeUsers,
      points: Math.round((state.points + sums.points) * 100) / 100,
      workouts: state.workouts + sums.workouts,
      totals: addSums(state.totals, sums),
      results: addChanges(state.results ?? NO_CHANGES, sums),
    }),
  };
}

function ranksPass<S extends Summary>(
  kind: EvaluationKind,
  rules: EvaluationRules<S>,
  period: Period,
  sizes: ChunkSizes,
  now: Date,
): Pass<EvaluationState, void, { awards: number; badges: number }> {
  return {
    step: kind === "week" ? "rank-friends" : "rank-members",
    chunkSize: sizes.derive,
    concurrency: CONCURRENCY,
    reads: rules.reads.ranks,
    prepare: prepareNothing,
    async write(tx, chunk) {
      await joinByHashing(tx);
      await rules.ranks(tx, period, chunk);
      const awards = await deriveAwards(tx, kind, period, chunk, rules.awards(period, chunk), now);
      const badges = await deriveBadges(tx, kind, period, chunk, now);
      return { awards, badges };
    },
    addCounts: (state, { awards, badges }) => ({
      ...state,
      awards: state.awards + awards,
      badges: state.badges + badges,
    }),
  };
}

async function mailsPass<S extends Summary>(
  { db, now, zone }: Context,
  { mail, reads }: EvaluationRules<S>,
  period: Period,
  sizes: ChunkSizes,
): Promise<Pass<EvaluationState, PreparedMail[], EmailReport>> {
  const settings = await summarySettings(db, zone);
  return {
    step: "queue-mails",
    chunkSize: sizes.mail,
    concurrency: 1, // queueing the same mail twice gives different counts: queued, then skipped
    reads: reads.mails,
    prepare: (ownDb, chunk) => prepareMails(ownDb, mail, period, chunk, settings),
    write: (tx, _chunk, prepared) => queuePreparedMails(tx, prepared, settings, now),
    addCounts: (state, emails) => ({ ...state, emails: addReports(state.emails, emails) }),
  };
}

async function summarySettings(db: Db, zone: string): Promise<SummarySettings> {
  const { baseUrl, mail } = config();
  const domain = mail.from === undefined ? "taktwerk.invalid" : sender().domain;
  return { zone, baseUrl, preferencesSecret: mail.preferencesSecret, domain, exercises: await loadExercises(db) };
}

/** The last step: readers take a period with totals as evaluated. */
function storeTotals(context: Context, kind: EvaluationKind, period: Period, state: EvaluationState) {
  context.step("store-totals");
  return context.checkpoint(async (tx) => {
    await writePeriodTotals(tx, kind, period, state.totals);
    return state;
  });
}

async function report(db: Db, state: EvaluationState): Promise<RunResult> {
  const { users, points, workouts, awards, badges, emails, totals, results = NO_CHANGES } = state;
  const { changes, ...written } = results;
  const goals = { pointsGoalMet: totals.pointsGoalMet, exerciseGoalMet: totals.exerciseGoalMet };
  const reached = Object.entries({ ...goals, challengeMet: totals.challengeMet }).filter(([, count]) => count !== null);
  return {
    counts: {
      processedUsers: users,
      trained: totals.activeUsers,
      ...written,
      ...Object.fromEntries(reached),
      points,
      workouts,
      awards,
      badges,
      emails: emails.counts,
    },
    details: { emailResults: emails.results, changes: await nameChanges(db, changes) },
  };
}

/** Adds the names that operators know the users by. */
async function nameChanges(db: Db, changes: readonly ResultChange[]) {
  if (changes.length === 0) return [];
  const users = await rows<{ id: string; name: string | null }>(
    db,
    sql`select id, coalesce(nickname, first_name) as name from users
      where id in (select jsonb_array_elements_text(${json(changes.map(({ userId }) => userId))}))`,
  );
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return changes.map((change) => ({ ...change, name: names.get(change.userId) ?? null }));
}
