import { sql } from "drizzle-orm";
import { type Db, rows, withInstants } from "../db/db.ts";

/** Incidents that are open, and the latest that were; also those nobody could be told of by mail. */
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
  // Together, or a fault of the one that is awaited last would be nobody's while the first fails.
  const [open, recent] = await Promise.all([readOpen, readRecent]);
  return { open: withInstants(open, ...instants), recent: withInstants(recent, ...instants) };
}
