import { readFile } from "node:fs/promises";
import { Cron } from "croner";
import { JOBS } from "../../app/registry.ts";
import { SCHEDULES, type Schedule } from "../../jobs/schedule.ts";
import { fail, pass, type Result } from "./finding.ts";

/** How a file of `api/` exports its handler of GET. The files are read, not run. */
const EXPORTS_GET = /export\s+(?:(?:const|let)\s+\{[^}]*\bGET\b[^}]*\}|(?:const|async function|function)\s+GET\b)/;

/** Reads the source of the function at a path (`/api/events/weekly`); undefined if there is none. */
export type ReadFunction = (path: string) => Promise<string | undefined>;

const readFromProject: ReadFunction = (path) => readFile(`${path.slice(1)}.ts`, "utf8").catch(() => undefined);

/** Checks that `vercel.json`, the functions under `api/` and the registry of jobs agree. */
export const checkCrons = (): Promise<Result[]> => compareCrons(SCHEDULES, readFromProject, Object.entries(JOBS));

/** The same check for any crons, functions and jobs (by their command). */
export async function compareCrons(
  schedules: readonly Schedule[],
  readFunction: ReadFunction,
  jobs: readonly (readonly [command: string, job: { path: string }])[],
): Promise<Result[]> {
  const results: Result[] = [];
  const paths = jobs.map(([, { path }]) => path);
  for (const { path, expression } of schedules) {
    const endpoint = path.split("?")[0] ?? path;
    const file = `${endpoint.slice(1)}.ts`;
    const source = await readFunction(endpoint);
    if (source === undefined) {
      const remedy = "correct its path in vercel.json, or add the file";
      results.push(fail(`the cron ${path} calls no function: there is no ${file}`, remedy));
    } else if (!EXPORTS_GET.test(source)) {
      const remedy = "export { GET, POST } of its job there";
      results.push(fail(`${file} exports no GET, and crons send GET`, remedy));
    }
    if (!isCronExpression(expression)) {
      const remedy = "write five fields of numbers (UTC) in vercel.json, such as 5 0,6,12 * * 1";
      results.push(fail(`the cron ${path} has the expression "${expression}", which Vercel does not accept`, remedy));
    }
    if (!paths.includes(endpoint)) {
      const remedy = "add its job to lib/app/registry.ts, or remove the cron";
      results.push(fail(`the cron ${path} fires no job of the registry`, remedy));
    }
  }
  for (const [command, { path }] of jobs) {
    if (schedules.some((schedule) => schedule.path.split("?")[0] === path)) continue;
    results.push(fail(`the job ${command} (${path}) has no cron`, "add one to vercel.json; otherwise it never fires"));
  }
  return results.length > 0 ? results : [pass(`${schedules.length} crons, each with its function and its job`)];
}

function isCronExpression(expression: string): boolean {
  if (!/^([\d*,/-]+ ){4}[\d*,/-]+$/.test(expression)) return false;
  try {
    return new Cron(expression, { timezone: "UTC" }).nextRun() !== null;
  } catch {
    return false;
  }
}
