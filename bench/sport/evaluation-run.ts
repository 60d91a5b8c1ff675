import { configure } from "../../lib/config/config.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { runPeriodJob } from "../../lib/jobs/period.ts";
import { redirectLog } from "../../lib/log.ts";
import { monthly } from "../../lib/sport/evaluation/monthly.ts";
import { weekly } from "../../lib/sport/evaluation/weekly.ts";
import { SCENARIOS } from "./evaluation-data.ts";

/** Runs one evaluation in its own process and prints its time and peak memory. Arguments: the database's URL, and `weekly` or `monthly`. */
const [url = "", name] = process.argv.slice(2);
const [job, scenario] = name === "monthly" ? [monthly, SCENARIOS.monthly] : [weekly, SCENARIOS.weekly];
redirectLog(() => {});
configure({ EVENTS_BASE_URL: "https://club.example", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-bench" });
const connection = openPostgres(url);
const now = new Date(scenario.end);
const start = performance.now();
const report = await runPeriodJob(
  job,
  { force: false, dryRun: false, date: scenario.start.slice(0, 10) },
  {
    db: connection.db,
    now,
    clock: Date.now,
    deadline: Number.POSITIVE_INFINITY,
    trigger: "manual",
    jobTimeoutMs: 86_400_000,
    settlementDays: 7,
    zone: "UTC",
  },
);
const ms = performance.now() - start;
await connection.close();
const { outcome } = report.main;
if (outcome.status !== "completed") throw new Error(JSON.stringify(outcome));
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024, counts: outcome.result.counts }));
