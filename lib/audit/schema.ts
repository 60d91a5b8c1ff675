import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../db/columns.ts";
import { ACTOR_KINDS } from "./actor.ts";

/** `begun`: not ended, or the process stopped before it could be recorded. `refused`: nothing was changed. */
export const AUDIT_OUTCOMES = ["begun", "done", "refused", "failed"] as const;

/**
 * What operators and tokens change (docs/domain.md, section 9). A row is written before the change and gets its outcome after it,
 * so that no change is missing. It holds ids, no secrets and no personal data of members.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind", { enum: ACTOR_KINDS }).notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name").notNull(),
    /** The id of the operation, such as `pauseJob`. */
    operation: text("operation").notNull(),
    /** On what, such as `weekly`. */
    subject: text("subject"),
    details: jsonb("details").notNull().default({}),
    requestId: text("request_id"),
    outcome: text("outcome", { enum: AUDIT_OUTCOMES }).notNull(),
  },
  (table) => [
    index("audit_log_at").on(table.at, table.id),
    index("audit_log_actor").on(table.actorId, table.at),
    index("audit_log_operation").on(table.operation, table.at),
    check("audit_log_outcome", sql`${table.outcome} in ('begun', 'done', 'refused', 'failed')`),
  ],
);
