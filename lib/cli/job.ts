import { OBSERVERS } from "../app/job-host.ts";
import { JOBS } from "../app/registry.ts";
import { config } from "../config/config.ts";
import { closeDatabase, database } from "../db/client.ts";
import { explainError, whyUnavailable } from "../db/failures/unavailable.ts";
import { AppError } from "../errors.ts";
import { backgroundWork } from "../http/background.ts";
import type { Invocation } from "../jobs/execute.ts";
import { invocationHere } from "../jobs/invocation.ts";
import { anyJob, type Given, type Job } from "../jobs/job.ts";
import { checkParameters, parameterNames, runJob } from "../jobs/run-job.ts";
import { type Level, redirectLog } from "../log.ts";
import { currentTime } from "../time/clock.ts";
import { argumentsIn } from "./arguments.ts";
import { listJobs } from "./list.ts";
import { maintenanceTables } from "./output/maintenance-table.ts";
import { progressBar } from "./output/progress.ts";
import { trackingTables } from "./output/tracking-table.ts";

/**
 * `npm run job -- <name> [--flags]`: runs a job in this process, or does what is no job. Exit code 0 done, 1 failed, 2 used
 * wrongly.
 */
async function main([name = "", ...flags]: string[]): Promise<number> {
  redirectLog(logBesideProgress); // standard output is for the answer
  if (name === "tracking" && flags[0] === "import") {
    const { importAttendance } = await import("./import.ts");
    return importAttendance(await database(), flags.slice(1), currentTime());
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command(flags);
  const entry = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
  if (entry === undefined) {
    const wanted = [...new Set([...Object.keys(COMMANDS), ...Object.keys(JOBS)])].join(", ");
    throw new AppError("invalid-parameter", `job: expected one of ${wanted}, got ${JSON.stringify(name)}`);
  }
  return run(await entry.load(), flags);
}

/** What is no job, each loaded when it is wanted. */
const COMMANDS: Readonly<Record<string, (flags: string[]) => Promise<number>>> = {
  list: async () => show(await listJobs(await database(), currentTime())),
  crontab: async (flags) => show((await import("./crontab.ts")).crontab(flags)),
  doctor: async (flags) => (await import("./doctor.ts")).doctor(flags),
  privacy: async (flags) => (await import("./privacy.ts")).privacy(database, flags, currentTime()),
  site: async (flags) => site(flags),
};

function show(text: string): number {
  console.log(text);
  return 0;
}

/** `npm run job -- site status|process|replay`: how the pipeline stands, the job, and the job with dead letters first. */
async function site([verb = "", ...flags]: string[]): Promise<number> {
  const { SITE_VERBS, siteStatus } = await import("./site.ts");
  if (verb === "status") return show(await siteStatus(await database(), flags, currentTime()));
  if (!(SITE_VERBS as readonly string[]).includes(verb)) {
    throw new AppError(
      "invalid-parameter",
      `site: expected one of ${SITE_VERBS.join(", ")}, got ${JSON.stringify(verb)}`,
    );
  }
  const { siteProcessing } = await import("../analytics/pipeline/sweep-job.ts");
  return run(anyJob(siteProcessing), verb === "replay" ? [...flags, "--replay"] : flags);
}

async function run(job: Job, flags: string[]): Promise<number> {
  const given = flagsOf(job, flags);
  checkParameters(job, given);
  const db = await database(); // before anything is opened that would keep a refused command from its end
  const closeStandIns = config().databaseUrl === undefined ? await standIns() : undefined;
  const bar = progressBar(job.name);
  const now = currentTime();
  const invocation: Invocation = {
    ...invocationHere(db, now, "manual", Number.POSITIVE_INFINITY, OBSERVERS),
    onProgress: bar.show,
  };
  let isAway = false;
  try {
    const { body } = await runJob(job, given, now, invocation);
    bar.end();
    console.log(shown(job, body));
  } catch (error) {
    isAway = whyUnavailable(error) !== undefined;
    throw error;
  } finally {
    // Of a database that is away, somebody reads it here; there is nothing else that a tick could do.
    if (!isAway) {
      const { tick } = await import("../app/supervised.ts");
      await tick({ ...invocation, now: currentTime(), onProgress: undefined });
    }
    await backgroundWork();
    await closeStandIns?.();
  }
  return 0;
}

/** Answers of jobs that a person reads as tables; all others are shown as JSON. */
const TABLES: Readonly<Record<string, (answer: Record<string, unknown>) => string | undefined>> = {
  tracking: trackingTables,
  slots: maintenanceTables,
};

const shown = (job: Job, answer: Record<string, unknown>): string =>
  TABLES[job.command]?.(answer) ?? JSON.stringify(answer, null, 2);

/** Where a person looks on, the bar and the answer say what goes well. */
function logBesideProgress(level: Level, line: string): void {
  const { isTTY } = process.stderr;
  if (!isTTY) process.stderr.write(`${line}\n`);
  else if (level !== "info") process.stderr.write(`\n${line}\n`);
}

/** What leads out of the embedded database is nobody's: it stays here. */
async function standIns(): Promise<() => Promise<void>> {
  return (await import("../../dev/stand-ins.ts")).openStandIns();
}

/** `--week 2026-02-02 --dry-run` as the parameters the endpoint takes. */
function flagsOf(job: Job, args: string[]): Given {
  const names = parameterNames(job).map(({ name, isFlag }) => ({ name, isFlag, option: kebab(name) }));
  const options = Object.fromEntries(
    names.map(({ option, isFlag }) => [option, { type: isFlag ? ("boolean" as const) : ("string" as const) }]),
  );
  const { values } = argumentsIn({ args, options, strict: true, allowPositionals: false });
  const given = names.flatMap(({ name, option }) => (values[option] === undefined ? [] : [[name, values[option]]]));
  return Object.fromEntries(given);
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const USAGE = new Set(["invalid-parameter", "misconfigured", "conflict"]);

main(process.argv.slice(2))
  .catch((error: unknown) => {
    const { code, message } = explainError(error);
    console.error(message);
    return USAGE.has(code) ? 2 : 1;
  })
  .then(async (exitCode) => {
    process.exitCode = exitCode;
    await closeDatabase().catch(() => {}); // one that never opened has been reported
  });
