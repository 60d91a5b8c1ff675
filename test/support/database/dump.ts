import { sql } from "drizzle-orm";
import { type Db, rows } from "../../../lib/db/db.ts";

/** Tables that an evaluation writes, without surrogate ids and the instant of writing. */
const DERIVED = {
  weekly_results: "*",
  leaderboard_results: "*",
  period_totals: "*",
  monthly_results: "*",
  monthly_standings: "*",
  monthly_rankings: "*",
  user_badges: "*",
  awards: "*",
  notifications: "user_id, kind, slug, level, period_start, read_at",
  email_queue: "dedupe_key, user_id, recipient, subject, text, html, unsubscribe_url, message_id, status, attempts",
} as const;

/** Everything an evaluation derived, in a form that two databases, or two moments, can be compared by. */
export async function dumpDerived(db: Db): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {};
  for (const [table, columns] of Object.entries(DERIVED)) {
    const lines = await rows<{ line: string }>(
      db,
      sql.raw(`select to_jsonb(kept)::text as line from (select ${columns} from ${table}) as kept order by 1`),
    );
    dump[table] = lines.map(({ line }) => line);
  }
  return dump;
}
