import type { SQL } from "drizzle-orm";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { joinByHashing } from "../../db/server/planner.ts";
import type { PeriodJob, PeriodRun, RunContext, RunResult } from "../../jobs/job.ts";
import { takeChanges } from "../../jobs/settlement.ts";
import { sender } from "../../mail/sender.ts";
import type { Period } from "../../time/periods.ts";
import { type EmailReport, merge, NO_MAILS } from "../messages/mail-counts.ts";
import type { Summary } from "../messages/summary-letter.ts";
import {
  type MailSettings,
  type PreparedMail,
  prepareMails,
  queuePreparedMails,
  type SummaryMail,
} from "../messages/summary-mails.ts";
import { readExercises } from "../training/exercise-catalog.ts";
import { deriveAwards } from "./awards.ts";
import { deriveBadges } from "./badges.ts";
import { once, overUsers, type Pass, type PassState } from "./batch-runner.ts";
import { deriveResults, type Evaluated, type OwnResults, type ResultSums } from "./period-results.ts";
import { addSums, NO_RESULTS, writeTotals } from "./period-totals.ts";
import { type Chunk, countActive } from "./user-chunks.ts";

export interface EvaluationState extends PassState {
  users: number;
  points: number;
  workouts: number;
  awards: number;
  badges: number;
  emails: EmailReport;
  /** What the results come to. */
  totals: ResultSums;
}

/** How many users a step is about. */
export interface Sizes {
  /** Small enough for a step of well under a second, large enough that the round trips do not count. */
  chunk: number;
  /** Mails are the one thing that goes through this process's memory. */
  mails: number;
}

/** Those of a real evaluation. */
export const SIZES: Sizes = { chunk: 2_000, mails: 500 };

/** What one kind of evaluation does its own way. */
export interface Parts<S extends Summary> {
  results(): OwnResults;
  /** One step over everybody's results, before anybody is ranked. */
  standings?: ((tx: Db, period: Period) => Promise<void>) | undefined;
  /** Ranks a chunk's users. */
  rank(tx: Db, period: Period, chunk: Chunk): Promise<void>;
  /** The awards there ought to be, as a query for `user_id` and `type`. */
  awards(period: Period, chunk: Chunk): SQL;
  mail: SummaryMail<S>;
  /** Tables that are filled before these stages begin, and read in them. */
  reads: Record<"standings" | "honours" | "mails", readonly string[]>;
  sizes: Sizes;
}

type Job = Omit<PeriodJob<EvaluationState>, "run" | "kind"> & { kind: Evaluated };
type Context = RunContext<EvaluationState>;
/** Goes on from a state, as the stage of that number; one that is behind already changes nothing. */
type Stage = (context: Context, index: number, from: EvaluationState) => Promise<EvaluationState>;

/**
 * A job that evaluates a period for every user (domain, section 3): everybody's results, then what follows from them
 * (ranks, awards, badges), then for the newest period the mails.
 */
export function evaluation<S extends Summary>(job: Job, parts: Parts<S>): PeriodJob<EvaluationState> {
  return {
    ...job,
    async run(context, target) {
      // A run that was begun by a release without totals begins again: what is done already stays as it is.
      let state = context.state?.totals === undefined ? await begin(context, job, target) : context.state;
      for (const [index, stage] of (await stages(context, job, parts, target)).entries()) {
        state = await stage(context, index, state);
      }
      await keepTotals(context, job.kind, target.period, state);
      return report(state);
    },
  };
}

/** The first step: from here on, a change to the period's workouts is one that this run may not have seen. */
function begin(context: Context, job: Job, { period, newest }: PeriodRun): Promise<EvaluationState> {
  return context.checkpoint(async (tx) => {
    await takeChanges(tx, job.name, period.end, context.now);
    const total = (await countActive(tx)) * (newest ? 3 : 2);
    const counts = { users: 0, points: 0, workouts: 0, awards: 0, badges: 0, emails: NO_MAILS, totals: NO_RESULTS };
    return { pass: 0, after: "", done: 0, total, ...counts };
  });
}

async function stages<S extends Summary>(
  context: Context,
  { kind }: Job,
  parts: Parts<S>,
  { period, newest }: PeriodRun,
): Promise<Stage[]> {
  const { standings, reads } = parts;
  const all = [over(results(kind, parts, period))];
  if (standings !== undefined) {
    const between = { reads: reads.standings, write: (tx: Db) => standings(tx, period) };
    all.push((context, index, from) => once(context, index, between, from));
  }
  all.push(over(honours(kind, parts, period, context.now)));
  if (newest) all.push(over(mails(parts, period, await mailSettings(context), context.now)));
  return all;
}

const over =
  <Prepared, Counts>(pass: Pass<EvaluationState, Prepared, Counts>): Stage =>
  (context, index, from) =>
    overUsers(context, index, pass, from);

/** Where the database has a core to spare, the derivations use it. */
const LANES = 2;

const nothing = async (): Promise<void> => {};

function results<S extends Summary>(
  kind: Evaluated,
  parts: Parts<S>,
  period: Period,
): Pass<EvaluationState, void, ResultSums> {
  return {
    chunkSize: parts.sizes.chunk,
    lanes: LANES,
    reads: [],
    prepare: nothing,
    async write(tx, chunk) {
      await joinByHashing(tx);
      return deriveResults(tx, kind, period, chunk, parts.results());
    },
    count: (state, sums, chunk) => ({
      ...state,
      users: state.users + chunk.active,
      points: Math.round((state.points + sums.points) * 100) / 100,
      workouts: state.workouts + sums.workouts,
      totals: addSums(state.totals, sums),
    }),
  };
}

function honours<S extends Summary>(
  kind: Evaluated,
  parts: Parts<S>,
  period: Period,
  now: Date,
): Pass<EvaluationState, void, { awards: number; badges: number }> {
  return {
    chunkSize: parts.sizes.chunk,
    lanes: LANES,
    reads: parts.reads.honours,
    prepare: nothing,
    async write(tx, chunk) {
      await joinByHashing(tx);
      await parts.rank(tx, period, chunk);
      const awards = await deriveAwards(tx, kind, period, chunk, parts.awards(period, chunk), now);
      const badges = await deriveBadges(tx, kind, period, chunk, now);
      return { awards: awards.held, badges: badges.held };
    },
    count: (state, { awards, badges }) => ({
      ...state,
      awards: state.awards + awards,
      badges: state.badges + badges,
    }),
  };
}

function mails<S extends Summary>(
  { mail, reads, sizes }: Parts<S>,
  period: Period,
  settings: MailSettings,
  now: Date,
): Pass<EvaluationState, PreparedMail[], EmailReport> {
  return {
    chunkSize: sizes.mails,
    lanes: 1, // a mail that was queued before counts as such
    reads: reads.mails,
    prepare: (db, chunk) => prepareMails(db, mail, period, chunk, settings),
    write: (tx, _chunk, prepared) => queuePreparedMails(tx, prepared, settings, now),
    count: (state, emails) => ({ ...state, emails: merge(state.emails, emails) }),
  };
}

/** Last of all: a period that has totals is evaluated. */
function keepTotals(context: Context, kind: Evaluated, period: Period, state: EvaluationState) {
  return context.checkpoint(async (tx) => {
    await writeTotals(tx, kind, period, state.totals);
    return state;
  });
}

async function mailSettings({ db, zone }: Context): Promise<MailSettings> {
  const { baseUrl, mail } = config();
  const domain = mail.from === undefined ? "taktwerk.invalid" : sender().domain;
  return { zone, baseUrl, preferencesSecret: mail.preferencesSecret, domain, exercises: await readExercises(db) };
}

function report({ users, points, workouts, awards, badges, emails }: EvaluationState): RunResult {
  return {
    counts: { processedUsers: users, points, workouts, awards, badges, emails: emails.counts },
    details: { emailResults: emails.results },
  };
}
