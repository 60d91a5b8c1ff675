import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, rows } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { staff, viewers } from "../../http/access.ts";
import { line } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { INCIDENT_COLUMNS, type IncidentRow, incident, incidentResponses } from "./incident.ts";

/** What operators read of incidents, and how they take note of one. */

const STATES = ["open", "closed", "all"] as const;

const listQuery = z.strictObject({
  state: z.enum(STATES).default("all").meta({ description: "Only those that are open, or closed." }),
  ...pageQuery(sortKey(keyPart.instant, keyPart.whole), { most: 200, usual: 50 }),
});

const listIncidents = operation({
  id: "listIncidents",
  method: "GET",
  path: "/api/admin/incidents",
  access: viewers,
  summary: "Lists incidents, the newest first.",
  query: listQuery,
  responses: { 200: { description: "The incidents.", schema: listOf("IncidentList", incident) } },
  handle: async ({ db, query }) => {
    const page = toPage(await readPage(db, query), query.limit, ({ openedAt, id }) => [
      new Date(openedAt).toISOString(),
      Number(id),
    ]);
    return { ...page, items: incidentResponses(page.items) };
  },
});

/** Reads one incident more than a page has. */
function readPage(db: Db, { state, limit, cursor }: z.output<typeof listQuery>): Promise<IncidentRow[]> {
  const isInState = { open: sql`closed_at is null`, closed: sql`closed_at is not null`, all: sql`true` }[state];
  // Postgres keeps microseconds, a cursor has milliseconds.
  const opened = sql`date_trunc('milliseconds', opened_at)`;
  const isAfter = cursor && sql`(${opened}, id) < (${at(cursor[0])}, ${cursor[1]})`;
  return read(
    db,
    sql`${isInState} and ${isAfter ?? sql`true`} order by ${opened} desc, incidents.id desc limit ${limit + 1}`,
  );
}

const read = (db: Db, condition: SQL): Promise<IncidentRow[]> =>
  rows(db, sql`select ${INCIDENT_COLUMNS} from incidents where ${condition}`);

const params = z.strictObject({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, { error: "the id of an incident, a whole number" })
    .meta({ description: "The incident.", examples: ["7"] }),
});

const getIncident = operation({
  id: "getIncident",
  method: "GET",
  path: "/api/admin/incidents/{id}",
  access: viewers,
  summary: "Shows an incident.",
  params,
  responses: { 200: { description: "The incident.", schema: incident }, 404: "There is no such incident." },
  handle: async ({ db, params }) => requireIncident(db, params.id),
});

/** @throws AppError `not-found`. */
async function requireIncident(db: Db, id: string) {
  const [found] = incidentResponses(await read(db, sql`id = ${id}`));
  if (found === undefined) throw new AppError("not-found", `There is no incident with the id ${id}.`);
  return found;
}

const note = line(500).refine((text) => text.trim() !== "", { error: "a note of 1 to 500 characters" });

const acknowledgeIncident = operation({
  id: "acknowledgeIncident",
  method: "POST",
  path: "/api/admin/incidents/{id}/acknowledge",
  access: staff,
  summary: "Takes note of an open incident: it has no reminders any more, but still the mail about its end.",
  description: "A second note replaces the first.",
  params,
  example: { note: "The mail provider is informed." },
  body: z
    .strictObject({ note: note.meta({ description: "What is being done about it." }) })
    .meta({ id: "AcknowledgeRequest", description: "The note about an incident." }),
  responses: {
    200: { description: "The incident.", schema: incident },
    404: "There is no such incident.",
    409: "The incident is closed.",
  },
  handle: async ({ db, params, body, caller, now }) => {
    await rows(
      db,
      sql`update incidents set acknowledged_at = ${at(now)}, acknowledged_by = ${caller.actor.name},
          acknowledgement = ${body.note}
        where id = ${params.id} and closed_at is null`,
    );
    const acknowledged = await requireIncident(db, params.id);
    if (acknowledged.closedAt === null) return acknowledged;
    const closedAt = acknowledged.closedAt.toISOString();
    throw new AppError(
      "conflict",
      `The incident ${params.id} is closed since ${closedAt}; only an open one can be acknowledged.`,
    );
  },
});

export const operations = [listIncidents, getIncident, acknowledgeIncident];
