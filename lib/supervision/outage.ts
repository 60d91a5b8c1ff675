import { sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../db/db.ts";
import { type Outage, REMEDIES } from "../db/failures/unavailable.ts";
import { describeError } from "../errors.ts";
import { log } from "../log.ts";
import { HOUR_MS } from "../time/durations.ts";
import { sendOutageAlert } from "./alerts.ts";
import type { SendAlert } from "./supervised.ts";

/**
 * The incident that cannot be stored in the database: the database is unavailable or accepts no writes. This process remembers it
 * and sends the alert, at most once an hour. When the database is back, the incident is stored as closed, and the recovery mail
 * is sent like any other.
 */

const KEY = "database:unavailable";

const TITLES: Readonly<Record<Outage, string>> = {
  unreachable: "The database cannot be reached",
  starting: "The database is starting",
  "read-only": "The database is read-only",
  full: "The database's disk is full or faulty",
  busy: "The database is busy",
};

/** At most one alert in this time, however often the database goes and comes back. */
const QUIET_MS = HOUR_MS;

interface Memory {
  current: { outage: Outage; since: Date; alert: "yes" | "no" | "quiet" } | undefined;
  alertedAt: number;
}

/** The memory of each database's outages. */
const memories = new WeakMap<object, Memory>();

/** Remembers that the database is unavailable, and sends the alert once. If the mail fails, the next tick sends it. */
export async function alertFromMemory(db: Db, outage: Outage, now: Date, send: SendAlert): Promise<void> {
  const memory = memories.get(db) ?? { current: undefined, alertedAt: Number.NEGATIVE_INFINITY };
  memories.set(db, memory);
  memory.current ??= { outage, since: now, alert: "no" };
  const { current } = memory;
  if (current.alert === "yes") return;
  if (Number(now) - memory.alertedAt < QUIET_MS) {
    current.alert = "quiet";
    return;
  }
  current.alert = "yes"; // at once, so that a tick beside this one does not send it too
  try {
    await sendOutageAlert(TITLES[current.outage], { says: REMEDIES[current.outage] }, current.since, send);
    memory.alertedAt = Number(now);
  } catch (error) {
    current.alert = "no";
    log("error", "alert_failed", { incident: KEY, error: describeError(error).message });
  }
}

/**
 * Stores the outage that this process remembers as a closed incident, unless another process has done so: several processes may
 * have seen the outage, but one recovery mail is enough. If no alert could be sent, the recovery mail is the first news of it.
 */
export async function recordOutage(tx: Db, db: Db, now: Date): Promise<void> {
  const current = memories.get(db)?.current;
  if (current === undefined) return;
  const { outage, since, alert } = current;
  await rows(
    tx,
    sql`insert into incidents (key, title, details, opened_at, seen_at, closed_at, alerted_at)
      select ${KEY}, ${TITLES[outage]}, ${json({ says: REMEDIES[outage] })}, ${at(since)}, ${at(now)}, ${at(now)},
        ${alert === "quiet" ? sql`null` : at(since)}
      where not exists (select from incidents where key = ${KEY} and closed_at >= ${at(since)})`,
  );
}

/** Forgets an outage that has been stored. */
export function forgetOutage(db: Db): void {
  const memory = memories.get(db);
  if (memory !== undefined) memory.current = undefined;
}
