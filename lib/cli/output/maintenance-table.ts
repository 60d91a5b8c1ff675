import type { PlanCounts, PlanDetails, ProviderDay, SlotRow } from "../../booking/slots/plan-report.ts";
import { table } from "../../text-table.ts";

type Told = PlanCounts & PlanDetails & { services: number; planned?: true };

/**
 * An answer of maintenance as a person at a terminal wants to see it: what is added, changed, removed, expired, kept and
 * in conflict, by provider and day. @returns undefined for one that tells of no slots.
 */
export function maintenanceTables(answer: Record<string, unknown>): string | undefined {
  if (!isTold(answer)) return undefined;
  const { days, daysTruncated, conflictSlots, cappedServices, slots, slotsTruncated } = answer;
  const untold = answer.conflicts - conflictSlots.length;
  const parts = [
    `${answer.planned ? "The plan" : "What was done"} for ${some(answer.services, "service")}:`,
    dayTable(days, answer),
    daysTruncated && "Not all days are listed, and none on which nothing happens; the totals are of all.",
    [...conflictSlots.map(conflict), ...(untold > 0 ? [`And ${some(untold, "more conflict")}.`] : [])].join("\n"),
    cappedServices.map(capped).join("\n"),
    slots && slotTable(slots),
    slotsTruncated && "Only the first of the slots are listed.",
  ];
  return parts.filter(Boolean).join("\n\n");
}

const isTold = (answer: Record<string, unknown>): answer is Record<string, unknown> & Told =>
  Array.isArray(answer.days);

const COLUMNS = ["added", "changed", "removed", "expired", "kept", "conflicts"] as const;

function dayTable(days: readonly ProviderDay[], totals: PlanCounts): string {
  const cells = (counts: Omit<PlanCounts, "capped">) => COLUMNS.map((column) => String(counts[column]));
  const lines = days.map((line) => [line.providerId, line.date, ...cells(line)]);
  const header = ["provider", "day", "add", "change", "remove", "expire", "keep", "conflict"];
  return table(header, [...lines, ["total", "", ...cells(totals)]]);
}

const conflict = ({ serviceId, startsAt, booked, id }: SlotRow): string =>
  `Conflict: ${serviceId} at ${startsAt} (slot ${id}) is wanted no more, but booked ${booked === 1 ? "once" : `${booked} times`}. It stays.`;

const capped = ({ serviceId, leftOut }: { serviceId: string; leftOut: number }): string =>
  `Limit: ${some(leftOut, "slot")} of ${serviceId} left out, beyond MAX_SLOTS_PER_SERVICE.`;

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

function slotTable(slots: readonly SlotRow[]): string {
  const header = ["action", "service", "date", "starts (UTC)", "ends (UTC)", "capacity", "category", "price"];
  const minute = (instant: string) => `${instant.slice(0, 16)}Z`;
  const lines = slots.map(({ action, serviceId, date, startsAt, endsAt, capacity, category, price }) => [
    action,
    serviceId,
    date,
    minute(startsAt),
    minute(endsAt),
    String(capacity),
    category,
    price.toFixed(2),
  ]);
  return table(header, lines);
}
