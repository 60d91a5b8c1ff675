import { configure } from "../../lib/config/config.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { invoke } from "../../lib/jobs/period.ts";
import { redirectLog } from "../../lib/log.ts";
import { monthly } from "../../lib/sport/evaluation/monthly.ts";
import { weekly } from "../../lib/sport/evaluation/weekly.ts";
import { SUBJECTS } from "./evaluation-data.ts";

/** One evaluation in a process of its own, for its time and its peak of memory. Arguments: the database's URL, a job. */
const [url = "", name] = process.argv.slice(2);
const [job, subject] = name === "monthly" ? [monthly, SUBJECTS.monthly] : [weekly, SUBJECTS.weekly];
redirectLog(() => {});
configure({ EVENTS_BASE_URL: "https://club.example", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-bench" });
const connection = openPostgres(url);
const now = new Date(subject.end);
const start = performance.now();
const report = await invoke(
  job,
  { force: false, dryRun: false, date: subject.start.slice(0, 10) },
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
