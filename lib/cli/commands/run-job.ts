import { OBSERVERS } from "../../app/job-host.ts";
import { JOBS } from "../../app/registry.ts";
import type { Actor } from "../../audit/actor.ts";
import { config } from "../../config/config.ts";
import { database } from "../../db/client.ts";
import { whyUnavailable } from "../../db/failures/unavailable.ts";
import { backgroundWork } from "../../http/background.ts";
import { checkParameters, runJob } from "../../jobs/endpoint/run-job.ts";
import type { Invocation } from "../../jobs/execute.ts";
import { createInvocation } from "../../jobs/invocation.ts";
import { isPeriodJob, type Job, type RawParameters } from "../../jobs/job.ts";
import { currentTime } from "../../time/clock.ts";
import { localDate } from "../../time/periods.ts";
import { type CliCommand, PROGRAM } from "../command.ts";
import { argumentsFor, jobOptions, parametersIn } from "../job-options.ts";
import { applySettings, isEmbedded, type LocalRun } from "../local-run.ts";
import { terminalWidth } from "../output/print-rows.ts";
import { progressBar } from "../output/progress.ts";
import { isStopping, STOPPED, stopRunsOnSignal } from "../stop-on-signal.ts";

/** Turns the answer of a job into text for a terminal; undefined if the answer has no table. */
export type AnswerTable = (answer: Record<string, unknown>, width: number | undefined) => string | undefined;

/** Jobs whose answer is shown as tables; the answers of all others are shown as JSON. */
const TABLES: Readonly<Record<string, () => Promise<AnswerTable>>> = {
  tracking: async () => (await import("../output/tracking-table.ts")).trackingTables,
  slots: async () => (await import("../output/maintenance-table.ts")).maintenanceTables,
};

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  weekly: ["weekly --week 2026-11-16 --dry-run", "weekly --week 2026-11-16 --force"],
  monthly: ["monthly --month 2026-10"],
  dispatch: ["dispatch --limit 500"],
  slots: ["slots --dry-run", "slots --days-ahead 45 --provider-id maya --verbose"],
  tracking: ["tracking", "tracking --start 2026-10-01 --end 2026-10-31", "tracking --date 2026-11-20 --dry-run"],
};

/** The command of a job: an option for each of its parameters. */
export async function describeJob(name: string) {
  const job = await loadJob(name);
  return (command: CliCommand, local: LocalRun | undefined): void => {
    command.description(job.summary).examples(...(EXAMPLES[name] ?? [name]));
    for (const option of jobOptions(job)) command.addOption(option);
    if (name in TABLES) command.withJson();
    command.runs((options) => runJobHere(job, parametersIn(job, options), options.json === true, local, [name]));
  };
}

/** Loads a job of the registry. */
export async function loadJob(name: string): Promise<Job> {
  const job = await JOBS[name]?.load();
  if (job === undefined) throw new Error(`${name}: expected a job of the registry`);
  return job;
}

const COMMAND_LINE: Actor = { kind: "command-line", id: null, name: "command line" };

/**
 * Runs a job in this process, prints its answer, and then looks after all other jobs as every tick does.
 * @param words The command that runs this job, to show how a stopped run continues.
 * @returns the exit code. @throws AppError `invalid-parameter` before anything is done; `job-failed`.
 */
export async function runJobHere(
  job: Job,
  params: RawParameters,
  asJson: boolean,
  local: LocalRun | undefined,
  words: readonly string[],
): Promise<number> {
  checkParameters(job, params);
  const settings = applySettings(local);
  const db = await database(); // first, so that a database in use by another process is reported before servers start
  const closeStandIns = isEmbedded() ? await local?.openStandIns(settings, db) : undefined;
  const bar = progressBar(job.name);
  const now = currentTime();
  const invocation: Invocation = {
    ...createInvocation(db, now, "manual", Number.POSITIVE_INFINITY, OBSERVERS),
    actor: COMMAND_LINE,
    onProgress: bar.show,
  };
  stopRunsOnSignal();
  let isAway = false;
  try {
    const { body } = await runJob(job, params, now, invocation);
    bar.end();
    console.log(await textOf(job, body, asJson));
    if (body.status !== "partial") return 0;
    process.stderr.write(`${howToContinue(job, params, body, words)}\n`);
    return STOPPED;
  } catch (error) {
    isAway = whyUnavailable(error) !== undefined;
    throw error;
  } finally {
    // The person at the terminal reads that the database is away; the tick could do nothing else.
    if (!isAway && !isStopping()) {
      const { tick } = await import("../../app/tick.ts");
      await tick({ ...invocation, now: currentTime(), onProgress: undefined });
    }
    await backgroundWork();
    await closeStandIns?.();
  }
}

async function textOf(job: Job, answer: Record<string, unknown>, asJson: boolean): Promise<string> {
  const tableOf = asJson ? undefined : await TABLES[job.command]?.();
  return tableOf?.(answer, terminalWidth()) ?? JSON.stringify(answer, null, 2);
}

/** Says what became of a run that a signal stopped. */
function howToContinue(
  job: Job,
  params: RawParameters,
  answer: Record<string, unknown>,
  words: readonly string[],
): string {
  if (params.dryRun === true) return "Stopped. Nothing was written.";
  const { done, total } = answer.progress as { done: number; total: number };
  const soFar = total === 0 ? "" : ` after ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  // The run of a period continues when its period is asked for again; any tick continues the others.
  const period = isPeriodJob(job) && localDate(new Date(String(answer[`${job.noun}Start`])), config().timeZone);
  const again = isPeriodJob(job)
    ? [...words, ...argumentsFor({ [job.noun]: job.noun === "week" ? period : String(period).slice(0, 7) })]
    : ["cleanup"];
  return `Stopped${soFar}. The run is pending; the next tick continues it. To continue it now: ${PROGRAM} ${again.join(" ")}`;
}
