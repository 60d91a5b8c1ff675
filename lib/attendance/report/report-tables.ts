import type { Section, Table } from "../../mail/template/letter.ts";
import { UNKNOWN_CONSULTANT } from "../classification/consultant.ts";
import type { Metrics } from "../metrics/counts-and-rates.ts";
import { computeTrend, type DateRange, isComplete } from "../metrics/report-queries.ts";
import type { Formats } from "./formats.ts";
import { COMPARED_METRICS, type ReportTexts } from "./report-texts.ts";
import type { WeekData } from "./week-data.ts";

/** The tables of the weekly report. Pure. */

const isRate = (name: keyof Metrics): boolean => name.endsWith("Rate");

/** The week against the one before; of which nothing is shown where not all of it is known. */
export function comparisonTable(
  { week, before }: WeekData,
  { comparison: words }: ReportTexts,
  formats: Formats,
): Section {
  const trend = computeTrend(week, before);
  const lines = COMPARED_METRICS.map((name) => {
    const [write, change] = isRate(name) ? [formats.percent, formats.pointsChange] : [formats.count, formats.change];
    const earlier = isComplete(before) ? before.total[name] : null;
    return [words.names[name], write(week.total[name]), change(trend[name]), write(earlier)];
  });
  const caption = words.caption(formats.dates(before.from, before.to));
  return { title: words.title, lines: [], table: { caption, header: words.header, lines } };
}

/** A line for each day, and one for the week. */
export function dayTable({ days, week }: WeekData, words: ReportTexts, formats: Formats): Section {
  const { title, column, all } = words.byDay;
  const lines = days.map((day) => [formats.shortDay(day.group), ...cells(day, formats)]);
  const sum = [all, ...cells(week.total, formats)];
  return { title, lines: [], table: tableOf(week, column, [...lines, sum], words, formats) };
}

/** Whoever had the most appointments first; none where there were none. */
export function consultantTable({ consultants, week }: WeekData, words: ReportTexts, formats: Formats): Section[] {
  if (consultants.length === 0) return [];
  const { title, column, unknown } = words.byConsultant;
  const named = consultants.map((one) => ({ ...one, name: one.group === UNKNOWN_CONSULTANT ? unknown : one.group }));
  const sorted = named.sort((a, b) => b.totalSlots - a.totalSlots || a.name.localeCompare(b.name));
  const lines = sorted.map((one) => [one.name, ...cells(one, formats)]);
  return [{ title, lines: [], table: tableOf(week, column, lines, words, formats) }];
}

const tableOf = (
  { from, to }: DateRange,
  column: string,
  lines: string[][],
  { columns }: ReportTexts,
  { dates }: Formats,
): Table => ({ caption: dates(from, to), header: [column, ...columns], lines });

/** In the order of the columns: the rate first, so that a phone shows it without being moved. */
function cells(group: Metrics, { count, percent }: Formats): string[] {
  const { totalSlots, completed, noShows, ghosts, cancelled, rescheduled, overhang, showRate } = group;
  const counts = [totalSlots, completed, noShows + ghosts, cancelled + rescheduled, overhang];
  return [percent(showRate), ...counts.map(count)];
}
