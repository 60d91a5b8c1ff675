import { readFile } from "node:fs/promises";
import { Cron } from "croner";
import { JOBS } from "../../app/registry.ts";
import { SCHEDULES, type Schedule } from "../../jobs/schedule.ts";
import { type Found, fail, pass } from "./finding.ts";

/** What answers a GET, in a file of `api/`: three lines, read and not run. */
const EXPORTS_GET = /export\s+(?:(?:const|let)\s+\{[^}]*\bGET\b[^}]*\}|(?:const|async function|function)\s+GET\b)/;

/** The function of a path (`/api/events/weekly`) as its text; undefined where there is none. */
export type FunctionText = (path: string) => Promise<string | undefined>;

const inThisProject: FunctionText = (path) => readFile(`${path.slice(1)}.ts`, "utf8").catch(() => undefined);

/** Whether `vercel.json`, the functions under `api/` and the registry of jobs belong together. */
export const lookAtCrons = (): Promise<Found[]> => cronFindings(SCHEDULES, inThisProject, Object.entries(JOBS));

/** The same for any crons, functions and jobs (by their word on the command line). */
export async function cronFindings(
  schedules: readonly Schedule[],
  functionText: FunctionText,
  jobs: readonly (readonly [command: string, job: { path: string }])[],
): Promise<Found[]> {
  const found: Found[] = [];
  const paths = jobs.map(([, { path }]) => path);
  for (const { path, expression } of schedules) {
    const endpoint = path.split("?")[0] ?? path;
    const text = await functionText(endpoint);
    if (text === undefined) {
      found.push(
        fail(
          `the cron ${path} calls no function: there is no ${endpoint.slice(1)}.ts`,
          "correct its path in vercel.json, or add the file",
        ),
      );
    } else if (!EXPORTS_GET.test(text)) {
      found.push(
        fail(`${endpoint.slice(1)}.ts exports no GET, and crons send GET`, "export { GET, POST } of its job there"),
      );
    }
    if (!isExpression(expression)) {
      const remedy = "write five fields of numbers (UTC) in vercel.json, such as 5 0,6,12 * * 1";
      found.push(fail(`the cron ${path} has the expression "${expression}", which Vercel does not take`, remedy));
    }
    if (!paths.includes(endpoint)) {
      found.push(
        fail(
          `the cron ${path} fires no job of the registry`,
          "enter its job in lib/app/registry.ts, or take the cron away",
        ),
      );
    }
  }
  for (const [command, { path }] of jobs) {
    if (schedules.some((schedule) => schedule.path.split("?")[0] === path)) continue;
    found.push(fail(`the job ${command} (${path}) has no cron`, "add one to vercel.json, or nobody fires it"));
  }
  return found.length > 0 ? found : [pass(`${schedules.length} crons, each with its function and its job`)];
}

function isExpression(expression: string): boolean {
  if (!/^([\d*,/-]+ ){4}[\d*,/-]+$/.test(expression)) return false;
  try {
    return new Cron(expression, { timezone: "UTC" }).nextRun() !== null;
  } catch {
    return false;
  }
}
