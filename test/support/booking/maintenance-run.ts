import { asc } from "drizzle-orm";
import { bookingSlots } from "../../../lib/booking/schema.ts";
import { slotMaintenance } from "../../../lib/booking/slots/maintenance.ts";
import type { PlanCounts, PlanDetails } from "../../../lib/booking/slots/plan-report.ts";
import type { Db } from "../../../lib/db/db.ts";
import { occurrenceResponse } from "../../../lib/jobs/endpoint/job-response.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import type { RawParameters } from "../../../lib/jobs/job.ts";
import { runOccurrence } from "../../../lib/jobs/occurrence.ts";
import { invocation } from "../jobs/invoke-weekly.ts";

/** A Monday at night. */
export const NOW = new Date("2026-06-01T02:00:00Z");

/** The response of a maintenance run. */
export type MaintenanceResponse = PlanCounts & PlanDetails & { status: string; skipped: boolean; services: number };

let firings = 0;

/** Runs maintenance as a manual run at a fixed instant. @returns its response. */
export async function maintain(
  db: Db,
  given: RawParameters = {},
  now = NOW,
  over: Partial<Invocation> = {},
): Promise<MaintenanceResponse> {
  firings += 1;
  const occurrence = new Date(now.getTime() + firings);
  const invoked = invocation(db, now.toISOString(), { trigger: "manual", ...over });
  return occurrenceResponse(slotMaintenance, await runOccurrence(slotMaintenance, given, occurrence, invoked))
    .body as unknown as MaintenanceResponse;
}

type Slot = typeof bookingSlots.$inferSelect;

/** Reads all slots, by service and start. */
export const readSlots = (db: Db): Promise<Slot[]> =>
  db.select().from(bookingSlots).orderBy(asc(bookingSlots.serviceId), asc(bookingSlots.startsAt));

/** The starts of slots in UTC, as `2026-06-01T09:00`. */
export const startsOf = (slots: readonly { startsAt: Date | string }[]): string[] =>
  slots.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));

/** The difference between two states of the slots in the form of `plannedChanges`. */
export function difference(before: readonly Slot[], after: readonly Slot[], now = NOW): string[] {
  const [oldById, newById] = [before, after].map((slots) => new Map(slots.map((slot) => [slot.id, slot])));
  const deleted = before.filter(({ id }) => !newById?.has(id));
  const changes = [
    ...deleted.map((slot) => line(slot.startsAt > now ? "remove" : "expire", slot)),
    ...after.flatMap((slot) => {
      const old = oldById?.get(slot.id);
      if (old === undefined) return [line("add", slot)];
      return JSON.stringify(old) === JSON.stringify(slot) ? [] : [line("change", slot)];
    }),
  ];
  return changes.sort();
}

const line = (action: string, slot: Slot): string => [action, slot.serviceId, slot.localDate, ...terms(slot)].join(" ");

const terms = ({ startsAt, endsAt, capacity, category, price }: Slot) => [
  startsAt.toISOString(),
  endsAt.toISOString(),
  capacity,
  category,
  price,
];

/** The changes of a verbose response, one line each. Conflicts change nothing. */
export const plannedChanges = ({ slots = [] }: MaintenanceResponse): string[] =>
  slots
    .filter(({ action }) => action !== "conflict")
    .map(({ action, serviceId, date, startsAt, endsAt, capacity, category, price }) =>
      [action, serviceId, date, startsAt, endsAt, capacity, category, price].join(" "),
    )
    .sort();
