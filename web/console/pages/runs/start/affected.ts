import type { JobParameter } from "../../../../client/generated/types.ts";
import type { Format } from "../../../ui/format.ts";
import type { Command } from "../sentences/jobs.ts";
import type { RunAnswer } from "./use-run.ts";
import type { StartWords } from "./words.ts";

/** Whom or what a run affected, or would affect. */
export interface Affected {
  title: string;
  rows: { key: string; title: string; note: string }[];
}

interface Reading {
  dryRun: boolean;
  /** The names of providers and services. */
  parameters: readonly JobParameter[];
  format: Format;
  words: StartWords;
}

/** The rows of an answer, what needs attention first. Pure. */
export function affectedBy(command: Command, answer: RunAnswer, reading: Reading): Affected[] {
  return LISTS[command]?.(answer, reading).filter(({ rows }) => rows.length > 0) ?? [];
}

/** How many things a dry run would change, as far as its answer says so. Pure. */
export function countChanges(
  command: Command,
  { changedResults, newResults, added, changed, removed }: RunAnswer,
): number {
  const counts = command === "slots" ? [added, changed, removed] : [changedResults, newResults];
  return counts.reduce((sum: number, count) => sum + (typeof count === "number" ? count : 0), 0);
}

function resultRows(answer: RunAnswer, { format, words }: Reading): Affected[] {
  const rows = listOf(answer.changes).map(({ userId, name, pointsBefore, points }) => ({
    key: String(userId),
    title: String(name ?? userId),
    note: words.points(format.number(Number(pointsBefore)), format.number(Number(points))),
  }));
  return [{ title: words.rows.results, rows }];
}

function slotRows(answer: RunAnswer, { parameters, format, words }: Reading): Affected[] {
  const nameOf = (parameter: string, id: unknown) =>
    parameters.find(({ name }) => name === parameter)?.choices?.find(({ value }) => value === id)?.name ?? String(id);
  const conflicts = listOf(answer.conflictSlots).map((slot) => ({
    key: `conflict ${slot.id}`,
    title: `${nameOf("providerId", slot.providerId)}, ${format.dateTime(String(slot.startsAt))}`,
    note: words.booked(Number(slot.booked ?? 0)),
  }));
  const days = listOf(answer.days)
    .map((day) => ({
      key: `${day.providerId} ${day.date}`,
      title: `${nameOf("providerId", day.providerId)}, ${format.day(String(day.date))}`,
      note: words.dayCounts(Number(day.added), Number(day.changed), Number(day.removed)),
    }))
    .filter(({ note }) => note !== "");
  return [
    { title: words.rows.conflicts, rows: conflicts },
    { title: words.rows.days, rows: days },
  ];
}

function dayRows(answer: RunAnswer, { dryRun, format, words }: Reading): Affected[] {
  const rows = listOf(answer.changes).map(({ date, changed }) => ({
    key: String(date),
    title: format.day(String(date)),
    note: Object.entries((changed ?? {}) as Record<string, { from: unknown; to: unknown }>)
      .map(([name, { from, to }]) => `${words.figures[name] ?? name} ${from ?? 0} → ${to ?? 0}`)
      .join(", "),
  }));
  return [{ title: dryRun ? words.rows.attendance : words.rows.attendanceDone, rows }];
}

const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);

const LISTS: Partial<Record<Command, (answer: RunAnswer, reading: Reading) => Affected[]>> = {
  weekly: resultRows,
  monthly: resultRows,
  slots: slotRows,
  tracking: dayRows,
};
