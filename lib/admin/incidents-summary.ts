import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows, withInstants } from "../db/db.ts";
import { sentInstant, sentJsonObject, sentTextId } from "../http/responses/fields.ts";

const incident = z
  .object({
    id: sentTextId,
    key: z
      .string()
      .meta({ description: "The kind of fault; each has at most one open incident.", examples: ["stuck-runs"] }),
    title: z.string(),
    details: sentJsonObject.meta({ description: "What is known about it; the fields depend on the kind." }),
    openedAt: sentInstant,
    seenAt: sentInstant.meta({ description: "When a tick saw the fault last." }),
    closedAt: sentInstant.nullable(),
    alertedAt: sentInstant.nullable().meta({ description: "When the alert was sent." }),
    recoveryAlertedAt: sentInstant.nullable().meta({ description: "When the recovery was mailed." }),
    alertError: z.string().nullable().meta({ description: "Why the last mail about it could not be sent." }),
  })
  .meta({ id: "Incident", description: "A fault from the tick that first saw it to the first that did not." });

export const incidentsSummary = z
  .object({
    open: z.array(incident).meta({ description: "All open ones, the oldest first." }),
    recent: z.array(incident).meta({ description: "The 20 newest closed ones." }),
  })
  .meta({ id: "IncidentsSummary", description: "The open incidents, and those of late." });

const INSTANTS = ["openedAt", "seenAt", "closedAt", "alertedAt", "recoveryAlertedAt"] as const;

/** Reads the open incidents and the latest closed ones, with the errors of their mails. */
export async function readIncidents(db: Db) {
  const columns = sql`id::text as id, key, title, details, opened_at as "openedAt", seen_at as "seenAt",
    closed_at as "closedAt", alerted_at as "alertedAt", recovery_alerted_at as "recoveryAlertedAt",
    alert_error as "alertError"`;
  const read = (condition: ReturnType<typeof sql>) =>
    rows<z.input<typeof incident>>(db, sql`select ${columns} from incidents where ${condition}`);
  // Awaited together: otherwise the error of the second would be unhandled if the first fails.
  const [open, recent] = await Promise.all([
    read(sql`closed_at is null order by opened_at`),
    read(sql`closed_at is not null order by opened_at desc limit 20`),
  ]);
  return { open: withInstants(open, ...INSTANTS), recent: withInstants(recent, ...INSTANTS) };
}
