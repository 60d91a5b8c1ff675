import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { connect } from "../../db/client.ts";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import { HOUR_MS } from "../../time/durations.ts";
import { fail, pass, type Result, warn } from "./finding.ts";

/** The cleanup fires every hour. After two hours without any run, crons do not fire. */
const SILENT_MS = 2 * HOUR_MS;

/** Checks for open incidents, and whether crons fire at all. */
export async function checkJobs(now: () => Date): Promise<Result[]> {
  const { databaseUrl } = config();
  if (databaseUrl === undefined) return []; // only one process can open the embedded database, and its check has it
  const connection = await connect(databaseUrl).catch(() => undefined);
  if (connection === undefined) return [];
  try {
    return await checkLedger(connection.db, now());
  } catch {
    return []; // the check of the database reports what is wrong with it
  } finally {
    await connection.close().catch(() => {});
  }
}

async function checkLedger(db: Db, now: Date): Promise<Result[]> {
  const open = await rows<{ key: string; title: string; since: string }>(
    db,
    sql`select key, title, opened_at as since from incidents where closed_at is null order by opened_at limit 20`,
  );
  const { last } = await row<{ last: string | null }>(db, sql`select max(started_at) as last from job_runs`);
  const more = "see GET /api/admin/monitoring; docs/supervision.md explains each incident";
  const results = open.map(({ key, title, since }) => {
    const says = `${title} (${key}, since ${instantOf(since).toISOString().slice(0, 16)}Z)`;
    return key.startsWith("overdue:") ? fail(says, `run the job by hand: npm run cli -- …; ${more}`) : warn(says, more);
  });
  if (last === null) {
    results.push(
      warn("no job has ever run", "deploy to production, where crons fire; Vercel's Cron Jobs tab lists them"),
    );
  } else if (Number(now) - Number(instantOf(last)) > SILENT_MS) {
    const remedy = "check Vercel's Cron Jobs tab, and that Deployment Protection is off for production";
    results.push(
      warn(`no job has started since ${instantOf(last).toISOString().slice(0, 16)}Z: crons do not fire`, remedy),
    );
  }
  return results.length === 0 ? [pass("no job is overdue, and no incident is open")] : results;
}
