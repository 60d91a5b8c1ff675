import { sql } from "drizzle-orm";
import { type Db, rows, withInstants } from "../db/db.ts";

/** Incidents that are open, and the latest that were; also those nobody could be told of by mail. */
export async function readIncidents(db: Db) {
  const columns = sql`id, key, title, details, opened_at as "openedAt", seen_at as "seenAt", closed_at as "closedAt",
    alerted_at as "alertedAt", recovery_alerted_at as "recoveryAlertedAt", alert_error as "alertError"`;
  const open = rows<Record<string, unknown>>(
    db,
    sql`select ${columns} from incidents where closed_at is null order by opened_at`,
  );
  const recent = rows<Record<string, unknown>>(
    db,
    sql`select ${columns} from incidents where closed_at is not null order by opened_at desc limit 20`,
  );
  const instants = ["openedAt", "seenAt", "closedAt", "alertedAt", "recoveryAlertedAt"] as const;
  return { open: withInstants(await open, ...instants), recent: withInstants(await recent, ...instants) };
}
