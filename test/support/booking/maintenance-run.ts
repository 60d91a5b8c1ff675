import { asc } from "drizzle-orm";
import { bookingSlots } from "../../../lib/booking/schema.ts";
import { slotMaintenance } from "../../../lib/booking/slots/maintenance.ts";
import type { PlanCounts, PlanDetails } from "../../../lib/booking/slots/plan-report.ts";
import type { Db } from "../../../lib/db/db.ts";
import type { Invocation } from "../../../lib/jobs/execute.ts";
import type { Given } from "../../../lib/jobs/job.ts";
import { occurrenceAnswer } from "../../../lib/jobs/job-response.ts";
import { fire } from "../../../lib/jobs/occurrence.ts";
import { invocation } from "../jobs/invoke-weekly.ts";

/** A Monday, in the night. */
export const NOW = new Date("2026-06-01T02:00:00Z");

export type Told = PlanCounts & PlanDetails & { status: string; skipped: boolean; services: number };

let firings = 0;

/** A run of maintenance that a person asks for, at an instant at which the clock stands still. @returns its answer. */
export async function maintain(db: Db, given: Given = {}, now = NOW, over: Partial<Invocation> = {}): Promise<Told> {
  firings += 1;
  const occurrence = new Date(now.getTime() + firings);
  const invoked = invocation(db, now.toISOString(), { trigger: "manual", ...over });
  return occurrenceAnswer(slotMaintenance, await fire(slotMaintenance, given, occurrence, invoked))
    .body as unknown as Told;
}

type Slot = typeof bookingSlots.$inferSelect;

/** All slots, by service and start. */
export const readSlots = (db: Db): Promise<Slot[]> =>
  db.select().from(bookingSlots).orderBy(asc(bookingSlots.serviceId), asc(bookingSlots.startsAt));

/** When slots start, as `2026-06-01T09:00`, UTC. */
export const startsOf = (slots: readonly { startsAt: Date | string }[]): string[] =>
  slots.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));

/** The difference between two states of the slots as rows of a plan: what, of which service, when, on which terms. */
export function difference(before: readonly Slot[], after: readonly Slot[], now = NOW): string[] {
  const [was, is] = [before, after].map((slots) => new Map(slots.map((slot) => [slot.id, slot])));
  const gone = before.filter(({ id }) => !is?.has(id));
  const changes = [
    ...gone.map((slot) => line(slot.startsAt > now ? "remove" : "expire", slot)),
    ...after.flatMap((slot) => {
      const old = was?.get(slot.id);
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

/** The rows of a verbose answer in the same form; conflicts change nothing. */
export const planned = ({ slots = [] }: Told): string[] =>
  slots
    .filter(({ action }) => action !== "conflict")
    .map(({ action, serviceId, date, startsAt, endsAt, capacity, category, price }) =>
      [action, serviceId, date, startsAt, endsAt, capacity, category, price].join(" "),
    )
    .sort();
