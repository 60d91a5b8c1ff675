import { configure } from "../lib/config.ts";
import { openPostgres } from "../lib/db/postgres.ts";
import { invoke } from "../lib/jobs/period.ts";
import { redirectLog } from "../lib/log.ts";
import { weekly } from "../lib/sport/weekly.ts";
import { WEEK } from "./weekly-data.ts";

/** One evaluation in a process of its own, for its time and its peak of memory. Argument: the database's URL. */
redirectLog(() => {});
configure({ EVENTS_BASE_URL: "https://club.example", EMAIL_PREFERENCES_SECRET: "a-secret-of-the-bench" });
const connection = openPostgres(process.argv[2] ?? "");
const now = new Date(WEEK.end);
const start = performance.now();
const report = await invoke(
  weekly,
  { force: false, dryRun: false, date: "2026-02-02" },
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
