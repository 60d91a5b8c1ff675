import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { INCIDENT_COLUMNS, type IncidentRow, incident, incidentResponses } from "./incident.ts";

export const incidentsSummary = z
  .object({
    open: z.array(incident).meta({ description: "All open ones, the oldest first." }),
    recent: z.array(incident).meta({ description: "The 20 newest closed ones." }),
  })
  .meta({ id: "IncidentsSummary", description: "The open incidents, and those of late." });

/** Reads the open incidents and the latest closed ones, with the errors of their mails. */
export async function readIncidents(db: Db) {
  const read = (condition: SQL) =>
    rows<IncidentRow>(db, sql`select ${INCIDENT_COLUMNS} from incidents where ${condition}`);
  // Awaited together: otherwise the error of the second would be unhandled if the first fails.
  const [open, recent] = await Promise.all([
    read(sql`closed_at is null order by opened_at`),
    read(sql`closed_at is not null order by opened_at desc limit 20`),
  ]);
  return { open: incidentResponses(open), recent: incidentResponses(recent) };
}
