import type { PlanCounts, PlanDetails, ProviderDay, SlotRow } from "../../booking/slots/plan-report.ts";
import { counted } from "./count.ts";
import { terminalTable } from "./terminal-table.ts";

type MaintenanceAnswer = PlanCounts & PlanDetails & { services: number; planned?: true };

/**
 * Shows an answer of slot maintenance as tables: how many slots it adds, changes, removes, expires, keeps and finds in
 * conflict, by provider and day. @returns undefined for an answer without slots.
 */
export function maintenanceTables(answer: Record<string, unknown>, width?: number): string | undefined {
  if (!hasDays(answer)) return undefined;
  const { days, daysTruncated, conflictSlots, cappedServices, slots, slotsTruncated } = answer;
  const unlisted = answer.conflicts - conflictSlots.length;
  const parts = [
    `${answer.planned ? "The plan" : "What was done"} for ${counted(answer.services, "service")}:`,
    dayTable(days, answer, width),
    daysTruncated && "Not all days are listed, and none without a change; the totals cover all days.",
    [...conflictSlots.map(conflictText), ...(unlisted > 0 ? [`And ${counted(unlisted, "more conflict")}.`] : [])].join(
      "\n",
    ),
    cappedServices.map(cappedText).join("\n"),
    slots && slotTable(slots, width),
    slotsTruncated && "Only the first of the slots are listed.",
  ];
  return parts.filter(Boolean).join("\n\n");
}

const hasDays = (answer: Record<string, unknown>): answer is Record<string, unknown> & MaintenanceAnswer =>
  Array.isArray(answer.days);

const COLUMNS = ["added", "changed", "removed", "expired", "kept", "conflicts"] as const;

function dayTable(days: readonly ProviderDay[], totals: PlanCounts, width?: number): string {
  const cells = (counts: Omit<PlanCounts, "capped">) => COLUMNS.map((column) => String(counts[column]));
  const lines = days.map((line) => [line.providerId, line.date, ...cells(line)]);
  const header = ["provider", "day", "add", "change", "remove", "expire", "keep", "conflict"];
  return terminalTable(header, [...lines, ["total", "", ...cells(totals)]], width);
}

const conflictText = ({ serviceId, startsAt, booked, id }: SlotRow): string =>
  `Conflict: ${serviceId} at ${startsAt} (slot ${id}) is no longer offered, but is booked ` +
  `${booked === 1 ? "once" : `${booked} times`}. It stays.`;

const cappedText = ({ serviceId, leftOut }: { serviceId: string; leftOut: number }): string =>
  `Limit: ${counted(leftOut, "slot")} of ${serviceId} left out, beyond MAX_SLOTS_PER_SERVICE.`;

function slotTable(slots: readonly SlotRow[], width?: number): string {
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
  return terminalTable(header, lines, width);
}
