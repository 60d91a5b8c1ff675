import type { ChangedDay, DayLine, TrackingDetails } from "../../attendance/google/sync-report.ts";
import type { TrackingCounts } from "../../attendance/google/sync-state.ts";
import { table } from "../../text-table.ts";
import { wallOfDate, weekdayOfWall } from "../../time/wall-clock.ts";

type Told = TrackingCounts & TrackingDetails & { daysSkipped: number };

/**
 * An answer of tracking as a person at a terminal wants to see it: the days with their figures, and what has changed of those
 * that were known. @returns undefined for one that tells of no days.
 */
export function trackingTables(answer: Record<string, unknown>): string | undefined {
  if (!isTold(answer)) return undefined;
  const parts = [
    answer.days.length > 0 && dayTable(answer.days),
    answer.daysTruncated && "Not all days are listed.",
    answer.changes.length > 0 && `What has changed:\n${answer.changes.map(changeOf).join("\n")}`,
    answer.changesTruncated && "Not all changes are listed.",
    summary(answer),
  ];
  return parts.filter(Boolean).join("\n\n");
}

const isTold = (answer: Record<string, unknown>): answer is Record<string, unknown> & Told =>
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

function dayTable(days: readonly DayLine[]): string {
  const lines = days.map((day) => [
    `${day.date} ${WEEKDAYS[weekdayOfWall(wallOfDate(day.date))]}`,
    ...COLUMNS.map(([, field]) => String(day[field] ?? "-")),
    percent(day.showRate),
    percent(day.netShowRate),
    day.final ? "final" : "provisional",
  ]);
  const sums = COLUMNS.map(([, field]) => String(days.reduce((sum, day) => sum + (day[field] ?? 0), 0)));
  const header = ["day", ...COLUMNS.map(([title]) => title), "show rate", "net", "state"];
  return table(header, [...lines, ["total", ...sums, "", "", ""]]);
}

const percent = (rate: number | null): string => (rate === null ? "-" : `${rate.toFixed(2)} %`);

function changeOf({ date, changed }: ChangedDay): string {
  const facts = Object.entries(changed).map(([field, { from, to }]) => `${titleOf(field)} ${from} -> ${to}`);
  return `  ${date}: ${facts.join(", ")}`;
}

const titleOf = (field: string): string => COLUMNS.find(([, name]) => name === field)?.[0] ?? field;

function summary(answer: Told): string {
  const { daysRead, daysSkipped, daysOutOfReach, appointments, added, changed, gone, requests } = answer;
  const { placeholders, uncertain } = answer;
  const sentences = [
    `${some(daysRead, "day")} read with ${some(requests, "request")}${daysSkipped > 0 ? `, ${daysSkipped} skipped that were final` : ""}.`,
    `${some(appointments, "appointment")}: ${added} new, ${changed} changed, ${gone} gone; ${placeholders} placeholders, ${uncertain} of which nothing tells the outcome.`,
    daysOutOfReach > 0 && `${some(daysOutOfReach, "day")} never read lie too far back: read them with --start.`,
  ];
  return sentences.filter(Boolean).join("\n");
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
