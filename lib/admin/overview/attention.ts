import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Conflict } from "../../booking/metrics/conflicts.ts";
import { at, type Db, row, rows, withInstants } from "../../db/db.ts";
import { count, sentDate, sentInstant } from "../../http/responses/fields.ts";
import { INCIDENT_COLUMNS, type IncidentRow, incident, incidentResponses } from "../incidents/incident.ts";
import { unjudgedAppointments } from "./attendance-figures.ts";
import { refusedMails } from "./mail-figures.ts";

/** What waits for a person: open incidents, and what the areas leave to settle (docs/domain.md, section 2). */

const incidentAttention = z
  .object({ kind: z.literal("incident"), incident })
  .meta({ id: "IncidentAttention", description: "An open incident." });

const conflictAttention = z
  .object({
    kind: z.literal("booking-conflict"),
    providerId: z.string(),
    providerName: z.string(),
    date: sentDate.meta({ description: "In the provider's zone." }),
    exception: z.enum(["closed", "blocked"]),
    reason: z.string().nullable(),
    bookings: count,
    firstStart: sentInstant,
  })
  .meta({ id: "ConflictAttention", description: "Bookings on a closed day or in a blocked span of a provider." });

const requestAttention = z
  .object({
    kind: z.literal("booking-request"),
    bookingId: z.uuid(),
    customerName: z.string(),
    serviceName: z.string(),
    providerName: z.string(),
    startsAt: sentInstant,
    endsAt: sentInstant,
    requestedAt: sentInstant,
  })
  .meta({ id: "RequestAttention", description: "A booking that waits for its confirmation." });

const refusedAttention = refusedMails
  .extend({ kind: z.literal("mails-refused") })
  .meta({ id: "RefusedAttention", description: "Mails of the last 24 hours that were refused." });

const unjudgedAttention = unjudgedAppointments
  .extend({ kind: z.literal("appointments-unjudged") })
  .meta({ id: "UnjudgedAttention", description: "More than 10 % of a week's appointments have no stated outcome." });

export const attentionItem = z
  .discriminatedUnion("kind", [
    incidentAttention,
    conflictAttention,
    requestAttention,
    refusedAttention,
    unjudgedAttention,
  ])
  .meta({ id: "AttentionItem", description: "Something that waits for a person." });

export type AttentionItem = z.input<typeof attentionItem>;

/** Reads the open incidents, those that nobody acknowledged first, then the oldest first. */
export async function readOpenIncidents(db: Db): Promise<z.input<typeof incident>[]> {
  const open = await rows<IncidentRow>(
    db,
    sql`select ${INCIDENT_COLUMNS} from incidents where closed_at is null
      order by acknowledged_at is not null, opened_at, id`,
  );
  return incidentResponses(open);
}

/** At most so many requests are listed; the page of bookings has all. */
const LISTED = 3;

export interface Requests {
  waiting: number;
  soonest: z.input<typeof requestAttention>[];
}

/** Reads the upcoming bookings that wait for their confirmation, the soonest first. */
export async function readRequests(db: Db, now: Date): Promise<Requests> {
  const upcoming = sql`from bookings where status = 'pending' and ends_at > ${at(now)} and starts_at > ${at(now)}`;
  const [{ waiting }, soonest] = await Promise.all([
    row<{ waiting: number }>(db, sql`select count(*)::int as waiting ${upcoming}`),
    rows<Omit<z.output<typeof requestAttention>, "kind" | "startsAt" | "endsAt" | "requestedAt"> & RequestTimes>(
      db,
      sql`select id as "bookingId", customer_name as "customerName", service_name as "serviceName",
          provider_name as "providerName", starts_at as "startsAt", ends_at as "endsAt", created_at as "requestedAt"
        ${upcoming} order by starts_at, id limit ${LISTED}`,
    ),
  ]);
  const listed = withInstants(soonest, "startsAt", "endsAt", "requestedAt");
  return { waiting, soonest: listed.map((request) => ({ kind: "booking-request", ...request })) };
}

interface RequestTimes {
  startsAt: string;
  endsAt: string;
  requestedAt: string;
}

/** From this share of a week's appointments on, the missing outcomes are worth a person's time. */
const UNJUDGED_SHARE = 0.1;

export const needsJudging = ({ count, appointments }: z.input<typeof unjudgedAppointments>): boolean =>
  count > UNJUDGED_SHARE * appointments;

/** Joins what waits into one list, the most urgent first. Pure. */
export function listAttention(
  incidents: readonly z.input<typeof incident>[],
  conflicts: readonly Conflict[],
  requests: Requests,
  refused: z.input<typeof refusedMails>,
  unjudged: z.input<typeof unjudgedAppointments>,
): AttentionItem[] {
  return [
    ...conflicts.map(
      ({ kind, ...conflict }): AttentionItem => ({ kind: "booking-conflict", exception: kind, ...conflict }),
    ),
    ...incidents.map((incident) => ({ kind: "incident" as const, incident })),
    ...(refused.refused > 0 ? [{ kind: "mails-refused" as const, ...refused }] : []),
    ...(needsJudging(unjudged) ? [{ kind: "appointments-unjudged" as const, ...unjudged }] : []),
    ...requests.soonest,
  ];
}
