import { sql } from "drizzle-orm";
import { at, type Db, instantOf, json, row, rows } from "../db/db.ts";
import { takeLock } from "../db/locks.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/durations.ts";
import type { Condition } from "./job-conditions.ts";

/** An incident is open from the tick that first sees its condition until the first tick that does not. */

export interface Incident {
  id: number;
  key: string;
  title: string;
  details: Record<string, unknown>;
  openedAt: Date;
  closedAt: Date | undefined;
  /** When it was last mailed about. */
  alertedAt: Date | undefined;
}

/** Takes the lock for a transaction that checks conditions and reconciles the incidents. Call it first. */
export async function lockIncidents(tx: Db): Promise<void> {
  await takeLock(tx, "incidents");
}

/**
 * Opens an incident for each new condition, and closes the incidents whose condition no longer holds.
 * @param reasons Why incidents are closed, by key, where the fault itself is not mended.
 */
export async function reconcile(
  tx: Db,
  conditions: Condition[],
  now: Date,
  reasons: Readonly<Record<string, string>> = {},
): Promise<{ opened: string[]; closed: string[] }> {
  return row(
    tx,
    sql`with wrong as materialized (
        select * from jsonb_to_recordset(${json(conditions)}) as wrong (key text, title text, details jsonb)
      ), closed as (
        update incidents set closed_at = ${at(now)},
          details = details || jsonb_strip_nulls(jsonb_build_object('closedBecause', ${json(reasons)}->key))
        where closed_at is null and key not in (select key from wrong) returning key
      ), seen as (
        update incidents as known set seen_at = ${at(now)}, title = wrong.title, details = wrong.details
        from wrong where known.key = wrong.key and closed_at is null returning known.key
      ), opened as (
        insert into incidents (key, title, details, opened_at, seen_at)
        select key, title, details, ${at(now)}, ${at(now)} from wrong where key not in (select key from seen)
        on conflict (key) where closed_at is null do nothing returning key
      )
      select (select coalesce(jsonb_agg(key), '[]') from opened) as opened,
        (select coalesce(jsonb_agg(key), '[]') from closed) as closed`,
  );
}

/** How long a process has the right to mail about an incident. */
const ALERT_LEASE_MS = 2 * MINUTE_MS;
/** At most one alert about the same key is sent in this time, however often the condition comes back. */
const QUIET_MS = HOUR_MS;
const REMINDER_MS = DAY_MS;

/**
 * Claims an incident that needs a mail: an open one without an alert, a closed one whose alert was sent but not its recovery, or
 * an open one that is due for a reminder. There are no reminders of an acknowledged incident, nor of a paused job. Incidents
 * whose mail failed come last. Other processes skip a claimed incident until its lease ends.
 * @param reminded The keys of incidents with one reminder per day.
 */
export async function claimUnreportedIncident(
  db: Db,
  now: Date,
  reminded: readonly string[] = [],
): Promise<Incident | undefined> {
  const leaseUntil = new Date(now.getTime() + ALERT_LEASE_MS);
  const quietSince = new Date(now.getTime() - QUIET_MS);
  const remindedBefore = new Date(now.getTime() - REMINDER_MS);
  const [taken] = await rows<IncidentRow>(
    db,
    sql`update incidents set alert_lease_until = ${at(leaseUntil)}
      where id in (
        select id from incidents as untold
        where (alert_lease_until is null or alert_lease_until < ${at(now)})
          and (closed_at is null and alerted_at is null
              and not exists (select from incidents as before
                where before.key = untold.key and before.alerted_at > ${at(quietSince)})
            or closed_at is not null and alerted_at is not null and recovery_alerted_at is null
            or closed_at is null and acknowledged_at is null and alerted_at <= ${at(remindedBefore)}
              and key in (select jsonb_array_elements_text(${json(reminded)}))
              and not exists (select from job_pauses
                where job_name = split_part(key, ':', 2) and coalesce(until > ${at(now)}, true)))
        order by alert_error is not null, id limit 1 for update skip locked)
      returning id, key, title, details, opened_at as "openedAt", closed_at as "closedAt",
        alerted_at as "alertedAt"`,
  );
  return (
    taken && {
      ...taken,
      openedAt: instantOf(taken.openedAt),
      closedAt: taken.closedAt === null ? undefined : instantOf(taken.closedAt),
      alertedAt: taken.alertedAt === null ? undefined : instantOf(taken.alertedAt),
    }
  );
}

type IncidentRow = Omit<Incident, "openedAt" | "closedAt" | "alertedAt"> & {
  openedAt: string;
  closedAt: string | null;
  alertedAt: string | null;
};

/** Records that the mail about an incident was sent, or why it failed; then the next tick tries again. */
export async function recordReport(db: Db, incident: Incident, now: Date, error: string | undefined): Promise<void> {
  const mailedAt = incident.closedAt === undefined ? sql`alerted_at` : sql`recovery_alerted_at`;
  await rows(
    db,
    error === undefined
      ? sql`update incidents set ${mailedAt} = ${at(now)}, alert_error = null, alert_lease_until = null
          where id = ${incident.id}`
      : sql`update incidents set alert_error = ${error}, alert_lease_until = null where id = ${incident.id}`,
  );
}
