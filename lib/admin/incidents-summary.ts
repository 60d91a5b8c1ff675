import { sql } from "drizzle-orm";
import { type Db, rows, withInstants } from "../db/db.ts";

/** Reads the open incidents and the latest closed ones, with the errors of their mails. */
export async function readIncidents(db: Db) {
  const columns = sql`id, key, title, details, opened_at as "openedAt", seen_at as "seenAt", closed_at as "closedAt",
    alerted_at as "alertedAt", recovery_alerted_at as "recoveryAlertedAt", alert_error as "alertError"`;
  const readOpen = rows<Record<string, unknown>>(
    db,
    sql`select ${columns} from incidents where closed_at is null order by opened_at`,
  );
  const readRecent = rows<Record<string, unknown>>(
    db,
    sql`select ${columns} from incidents where closed_at is not null order by opened_at desc limit 20`,
  );
  const instants = ["openedAt", "seenAt", "closedAt", "alertedAt", "recoveryAlertedAt"] as const;
  // Awaited together: otherwise the error of the second would be unhandled if the first fails.
  const [open, recent] = await Promise.all([readOpen, readRecent]);
  return { open: withInstants(open, ...instants), recent: withInstants(recent, ...instants) };
}
