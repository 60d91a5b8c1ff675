import type { ChangedDay, DayLine, TrackingDetails } from "../../attendance/google/sync-report.ts";
import type { TrackingCounts } from "../../attendance/google/sync-state.ts";
import { wallOfDate, weekdayOfWall } from "../../time/wall-minutes.ts";
import { counted } from "./count.ts";
import { terminalTable } from "./terminal-table.ts";

type TrackingAnswer = TrackingCounts & TrackingDetails & { daysSkipped: number };

/**
 * Shows an answer of calendar tracking as a table of days with their numbers, and the numbers that changed.
 * @returns undefined for an answer without days.
 */
export function trackingTables(answer: Record<string, unknown>, width?: number): string | undefined {
  if (!hasDays(answer)) return undefined;
  const parts = [
    answer.days.length > 0 && dayTable(answer.days, width),
    answer.daysTruncated && "Not all days are listed.",
    answer.changes.length > 0 && `Changed numbers:\n${answer.changes.map(changeText).join("\n")}`,
    answer.changesTruncated && "Not all changes are listed.",
    summaryText(answer),
  ];
  return parts.filter(Boolean).join("\n\n");
}

const hasDays = (answer: Record<string, unknown>): answer is Record<string, unknown> & TrackingAnswer =>
  Array.isArray(answer.days) && Array.isArray(answer.changes);

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const COLUMNS = [
  ["total", "totalSlots"],
  ["completed", "completed"],
  ["sold", "sold"],
  ["no-show", "noShows"],
  ["ghost", "ghosts"],
  ["cancelled", "cancelled"],
  ["moved", "rescheduled"],
  ["overhang", "overhang"],
  ["pending", "pending"],
] as const;

function dayTable(days: readonly DayLine[], width?: number): string {
  const lines = days.map((day) => [
    `${day.date} ${WEEKDAYS[weekdayOfWall(wallOfDate(day.date))]}`,
    ...COLUMNS.map(([, field]) => String(day[field] ?? "-")),
    percent(day.showRate),
    percent(day.netShowRate),
    day.final ? "final" : "provisional",
  ]);
  const sums = COLUMNS.map(([, field]) => String(days.reduce((sum, day) => sum + (day[field] ?? 0), 0)));
  const header = ["day", ...COLUMNS.map(([title]) => title), "show rate", "net", "state"];
  return terminalTable(header, [...lines, ["total", ...sums, "", "", ""]], width);
}

const percent = (rate: number | null): string => (rate === null ? "-" : `${rate.toFixed(2)} %`);

function changeText({ date, changed }: ChangedDay): string {
  const changes = Object.entries(changed).map(([field, { from, to }]) => `${titleOf(field)} ${from} -> ${to}`);
  return `  ${date}: ${changes.join(", ")}`;
}

const titleOf = (field: string): string => COLUMNS.find(([, name]) => name === field)?.[0] ?? field;

function summaryText(answer: TrackingAnswer): string {
  const { daysRead, daysSkipped, daysOutOfReach, appointments, added, changed, gone, requests } = answer;
  const { placeholders, uncertain } = answer;
  const skipped = daysSkipped > 0 ? `, ${daysSkipped.toLocaleString("en")} skipped that were final` : "";
  const sentences = [
    `${counted(daysRead, "day")} read with ${counted(requests, "request")}${skipped}.`,
    `${counted(appointments, "appointment")}: ${added} new, ${changed} changed, ${gone} gone; ` +
      `${counted(placeholders, "placeholder")}, ${uncertain} without a known outcome.`,
    daysOutOfReach > 0 &&
      `${counted(daysOutOfReach, "day")} further back ${daysOutOfReach === 1 ? "was" : "were"} never read: use --start.`,
  ];
  return sentences.filter(Boolean).join("\n");
}
