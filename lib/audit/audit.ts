import { sql } from "drizzle-orm";
import { at, type Db, json, row, rows } from "../db/db.ts";
import { currentIds } from "../trace.ts";
import type { Actor } from "./actor.ts";
import type { auditLog } from "./schema.ts";

export type AuditOutcome = (typeof auditLog.$inferSelect)["outcome"];

/** What a row says about a change beside who and when. No secrets, and of members only their ids. */
export interface AuditEntry {
  /** On what, such as the id of a booking or the name of a job. */
  subject?: string | undefined;
  /** What a reader wants to know of it, such as the parameters of a run. */
  details?: Readonly<Record<string, unknown>> | undefined;
}

/** Records that someone begins a change. @returns the row's id, for `recordOutcome`. */
export async function recordChange(
  db: Db,
  actor: Actor,
  operation: string,
  { subject, details }: AuditEntry,
  now: Date,
): Promise<number> {
  const { id } = await row<{ id: number }>(
    db,
    sql`insert into audit_log (at, actor_kind, actor_id, actor_name, operation, subject, details, request_id, outcome)
      values (${at(now)}, ${actor.kind}, ${actor.id}, ${actor.name}, ${operation}, ${subject ?? null},
        ${json(details ?? {})}, ${currentIds().requestId ?? null}, 'begun')
      returning id::int`,
  );
  return id;
}

/** Records how a change ended, and what is known of it only then. */
export async function recordOutcome(
  db: Db,
  id: number,
  outcome: AuditOutcome,
  { subject, details }: AuditEntry = {},
): Promise<void> {
  await rows(
    db,
    sql`update audit_log set outcome = ${outcome}, subject = coalesce(${subject ?? null}, subject),
        details = details || ${json(details ?? {})}
      where id = ${id}`,
  );
}
