import { parseArgs } from "node:util";
import * as z from "zod";
import { config } from "../config.ts";
import { closeDatabase, database } from "../db/client.ts";
import { AppError, describeError } from "../errors.ts";
import { parse } from "../http/parse.ts";
import { answerOf } from "../jobs/answer.ts";
import { periodParameters } from "../jobs/define-job.ts";
import type { PeriodJob } from "../jobs/job.ts";
import { invoke } from "../jobs/period.ts";
import { JOBS } from "../jobs/registry.ts";
import { listJobs } from "./list.ts";
import { progressBar } from "./progress.ts";

/** `npm run job -- <name> [--flags]`: runs a job in this process. Exit code 0 done, 1 failed, 2 used wrongly. */
async function main(argv: string[]): Promise<number> {
  const [name = "", ...flags] = argv;
  if (name === "list") {
    console.log(await listJobs(await database(), new Date()));
    return 0;
  }
  const load = JOBS[name];
  if (load === undefined) {
    const wanted = ["list", ...Object.keys(JOBS)].join(", ");
    throw new AppError("invalid-parameter", `job: expected one of ${wanted}, got ${JSON.stringify(name)}`);
  }
  return run(await load(), flags);
}

async function run(job: PeriodJob, flags: string[]): Promise<number> {
  const parameters = parse(periodParameters(job.noun), flagsOf(job, flags), "invalid-parameter");
  const { jobTimeoutMs, sport, timeZone } = config();
  const bar = progressBar(job.name);
  const report = await invoke(job, parameters, {
    db: await database(),
    now: new Date(),
    clock: Date.now,
    deadline: Number.POSITIVE_INFINITY,
    trigger: "manual",
    jobTimeoutMs,
    settlementDays: sport.settlementDays,
    zone: timeZone,
    onProgress: bar.show,
  });
  bar.end();
  console.log(JSON.stringify(answerOf(job, report).body, null, 2));
  return 0;
}

/** `--week 2026-02-02 --dry-run` as the parameters the endpoint takes. */
function flagsOf(job: PeriodJob, args: string[]): Record<string, unknown> {
  const options = {
    force: { type: "boolean" as const },
    "dry-run": { type: "boolean" as const },
    [job.noun]: { type: "string" as const },
  };
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    const { "dry-run": dryRun, ...others } = values;
    return { ...others, ...(dryRun === undefined ? {} : { dryRun }) };
  } catch (error) {
    throw new AppError("invalid-parameter", `${z.instanceof(Error).parse(error).message.split(".")[0]}`);
  }
}

const USAGE = new Set(["invalid-parameter", "misconfigured", "conflict"]);

main(process.argv.slice(2))
  .catch((error: unknown) => {
    const { code, message } = describeError(error);
    console.error(message);
    return USAGE.has(code) ? 2 : 1;
  })
  .then(async (exitCode) => {
    process.exitCode = exitCode;
    await closeDatabase().catch(() => {}); // one that never opened has been reported
  });
