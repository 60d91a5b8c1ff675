import { sql } from "drizzle-orm";
import { config } from "../../config/config.ts";
import { connect } from "../../db/client.ts";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import { type Found, fail, pass, warn } from "./finding.ts";

/** An hour passes between two firings of the cleanup, and up to one more until the platform is to be doubted. */
const SILENT_MS = 2 * 3_600_000;

/** What is overdue or otherwise wrong by the ledger's own account, and whether crons fire at all. */
export async function lookAtJobs(now: () => Date): Promise<Found[]> {
  const { databaseUrl } = config();
  if (databaseUrl === undefined) return []; // the embedded one is open to one, and the check of the database has it
  const connection = await connect(databaseUrl).catch(() => undefined);
  if (connection === undefined) return [];
  try {
    return await lookInto(connection.db, now());
  } catch {
    return []; // what ails the database is told by the check of it
  } finally {
    await connection.close().catch(() => {});
  }
}

async function lookInto(db: Db, now: Date): Promise<Found[]> {
  const open = await rows<{ key: string; title: string; since: string }>(
    db,
    sql`select key, title, opened_at as since from incidents where closed_at is null order by opened_at limit 20`,
  );
  const { last } = await row<{ last: string | null }>(db, sql`select max(started_at) as last from job_runs`);
  const look = "GET /api/admin/monitoring tells more; docs/supervision.md says what each means";
  const found = open.map(({ key, title, since }) => {
    const says = `${title} (${key}, since ${instantOf(since).toISOString().slice(0, 16)}Z)`;
    return key.startsWith("overdue:") ? fail(says, `run it by hand: npm run job -- …; ${look}`) : warn(says, look);
  });
  if (last === null) {
    found.push(
      warn("no job has ever run", "deploy to production, where crons fire; Vercel's Cron Jobs tab lists them"),
    );
  } else if (Number(now) - Number(instantOf(last)) > SILENT_MS) {
    const remedy = "see Vercel's Cron Jobs tab, and that Deployment Protection is off for production";
    found.push(
      warn(`no job has begun since ${instantOf(last).toISOString().slice(0, 16)}Z: crons do not fire`, remedy),
    );
  }
  return found.length === 0 ? [pass("nothing is overdue, and there is no open incident")] : found;
}
