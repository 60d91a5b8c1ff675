import { sql } from "drizzle-orm";
import * as z from "zod";
import { withInstants } from "../../db/db.ts";
import { sentInstant, sentJsonObject, sentTextId } from "../../http/responses/fields.ts";
import { incidentKind, REMEDIES } from "../../supervision/incident-kinds.ts";

export const acknowledgement = z
  .object({ at: sentInstant, by: z.string(), note: z.string().nullable() })
  .meta({ id: "Acknowledgement", description: "Who has taken note of an incident." });

export const remedy = z.enum(REMEDIES).meta({ id: "Remedy", description: "What an operator does about an incident." });

export const incident = z
  .object({
    id: sentTextId,
    key: z
      .string()
      .meta({ description: "The kind of fault; each has at most one open incident.", examples: ["stuck-runs"] }),
    kind: z.string().meta({ description: "The part of the key before the colon.", examples: ["failed"] }),
    subject: z
      .string()
      .nullable()
      .meta({ description: "The part of the key after the colon, such as the name of a job; null without one." }),
    title: z.string(),
    details: sentJsonObject.meta({ description: "What is known about it; the fields depend on the kind." }),
    remedy,
    openedAt: sentInstant,
    seenAt: sentInstant.meta({ description: "When a tick saw the fault last." }),
    closedAt: sentInstant.nullable(),
    alertedAt: sentInstant.nullable().meta({ description: "When the alert, or the last reminder, was sent." }),
    recoveryAlertedAt: sentInstant.nullable().meta({ description: "When the recovery was mailed." }),
    alertError: z.string().nullable().meta({ description: "Why the last mail about it could not be sent." }),
    acknowledged: acknowledgement.nullable().meta({ description: "An acknowledged incident has no reminders." }),
  })
  .meta({ id: "Incident", description: "A fault from the tick that first saw it to the first that did not." });

/** An incident as `INCIDENT_COLUMNS` reads it. */
export interface IncidentRow {
  id: string;
  key: string;
  title: string;
  details: z.output<typeof sentJsonObject>;
  openedAt: string;
  seenAt: string;
  closedAt: string | null;
  alertedAt: string | null;
  recoveryAlertedAt: string | null;
  alertError: string | null;
  acknowledgedAt: string | null;
  by: string;
  note: string | null;
}

export const INCIDENT_COLUMNS = sql`id::text as id, key, title, details, opened_at as "openedAt", seen_at as "seenAt",
  closed_at as "closedAt", alerted_at as "alertedAt", recovery_alerted_at as "recoveryAlertedAt",
  alert_error as "alertError", acknowledged_at as "acknowledgedAt", acknowledged_by as by, acknowledgement as note`;

const INSTANTS = ["openedAt", "seenAt", "closedAt", "alertedAt", "recoveryAlertedAt", "acknowledgedAt"] as const;

/** Incidents as they are sent. */
export const incidentResponses = (stored: IncidentRow[]) =>
  withInstants(stored, ...INSTANTS).map(({ acknowledgedAt, by, note, ...other }) => ({
    ...other,
    ...incidentKind(other.key),
    acknowledged: acknowledgedAt && { at: acknowledgedAt, by, note },
  }));
