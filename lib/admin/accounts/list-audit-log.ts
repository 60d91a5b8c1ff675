import { sql } from "drizzle-orm";
import * as z from "zod";
import { ACTOR_KINDS, type ActorKind } from "../../audit/actor.ts";
import type { AuditOutcome } from "../../audit/audit.ts";
import { AUDIT_OUTCOMES } from "../../audit/schema.ts";
import { at, type Db, rows, withInstants } from "../../db/db.ts";
import { admins } from "../../http/access.ts";
import { instant } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { sentInstant, sentJsonObject } from "../../http/responses/fields.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";

const auditEntry = z
  .object({
    id: z.int(),
    at: sentInstant,
    actorKind: z
      .enum(ACTOR_KINDS)
      .meta({ description: "What the caller signed in with; `visitor` was not signed in." }),
    actorId: z
      .string()
      .nullable()
      .meta({ description: "The operator or API token; null for secrets of the deployment." }),
    actorName: z.string().meta({ description: "Their name at that time." }),
    operation: z.string().meta({ description: "The id of the operation.", examples: ["updateOperator"] }),
    subject: z.string().nullable().meta({ description: "On what, such as the id of a booking or the name of a job." }),
    details: sentJsonObject.meta({ description: "What else a reader wants to know; no secrets." }),
    requestId: z.string().nullable().meta({ description: "Under this id the log has the request." }),
    outcome: z.enum(AUDIT_OUTCOMES).meta({
      description: "`begun`: not ended, or the process stopped in between. `refused`: nothing was changed.",
    }),
  })
  .meta({ id: "AuditEntry", description: "A change that an operator or a token made." });

const text = (what: string, description: string) =>
  z
    .string({ error: what })
    .min(1, { error: what })
    .max(128, { error: what })
    .regex(/^[\x21-\x7e]+$/, { error: what })
    .optional()
    .meta({ description, examples: ["one-of-mine"] });

const filters = {
  actor: text("the id of an operator or an API token", "Only changes by the operator or API token with this id."),
  operation: text("the id of an operation", "Only calls of this operation, such as `updateBooking`."),
  from: instant.optional().meta({ description: "Only changes at or after this instant." }),
  to: instant.optional().meta({ description: "Only changes before this instant." }),
};

export const listAuditLog = operation({
  id: "listAuditLog",
  method: "GET",
  path: "/api/auth/audit-log",
  access: admins,
  summary: "Lists what operators and tokens changed, the latest first. Entries are kept 400 days.",
  query: z.strictObject({
    ...filters,
    ...pageQuery(sortKey(keyPart.instant, keyPart.whole), { most: 200, usual: 50 }),
  }),
  responses: { 200: { description: "The changes.", schema: listOf("AuditLogPage", auditEntry) } },
  handle: async ({ db, query }) => {
    const found = await readAuditLog(db, query, query.limit + 1);
    return toPage(found, query.limit, ({ at, id }) => [at, id]);
  },
});

interface AuditQuery {
  actor?: string | undefined;
  operation?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  cursor?: [Date, number] | undefined;
}

interface StoredEntry {
  id: number;
  at: string;
  actorKind: ActorKind;
  actorId: string | null;
  actorName: string;
  operation: string;
  subject: string | null;
  details: Record<string, unknown>;
  requestId: string | null;
  outcome: AuditOutcome;
}

async function readAuditLog(db: Db, { actor, operation, from, to, cursor }: AuditQuery, limit: number) {
  const conditions = [
    sql`true`,
    ...(actor === undefined ? [] : [sql`actor_id = ${actor}`]),
    ...(operation === undefined ? [] : [sql`operation = ${operation}`]),
    ...(from === undefined ? [] : [sql`at >= ${at(from)}`]),
    ...(to === undefined ? [] : [sql`at < ${at(to)}`]),
    ...(cursor === undefined ? [] : [sql`(at, id) < (${at(cursor[0])}, ${cursor[1]}::bigint)`]),
  ];
  const found = await rows<StoredEntry>(
    db,
    sql`select id::int, at, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", operation,
        subject, details, request_id as "requestId", outcome
      from audit_log where ${sql.join(conditions, sql` and `)}
      order by at desc, id desc limit ${limit}`,
  );
  return withInstants(found, "at");
}
