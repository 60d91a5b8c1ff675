import type { Section, Table } from "../../mail/template/letter.ts";
import { table } from "../../text-table.ts";
import type { DateRange } from "../../time/dates.ts";
import { UNKNOWN_CONSULTANT } from "../classification/consultant.ts";
import type { Metrics } from "../metrics/counts-and-rates.ts";
import { computeTrend, isComplete } from "../metrics/report-queries.ts";
import type { Formats } from "./formats.ts";
import { COMPARED_METRICS, type ReportTexts } from "./report-texts.ts";
import type { WeekData } from "./week-data.ts";

/** The tables of the weekly report. Pure. */

const isRate = (name: keyof Metrics): boolean => name.endsWith("Rate");

/** Compares the week with the week before. Leaves that week's column empty unless all its days were read. */
export function comparisonTable({ week, before }: WeekData, { comparison }: ReportTexts, formats: Formats): Section {
  const trend = computeTrend(week, before);
  const lines = COMPARED_METRICS.map((name) => {
    const [write, change] = isRate(name) ? [formats.percent, formats.pointsChange] : [formats.count, formats.change];
    const previous = isComplete(before) ? before.total[name] : null;
    return [comparison.names[name], write(week.total[name]), change(trend[name]), write(previous)];
  });
  const caption = comparison.caption(formats.dates(before.from, before.to));
  return { title: comparison.title, lines: [], table: withText(caption, comparison.header, lines) };
}

/** One line per day, and one for the week. */
export function dayTable({ days, week }: WeekData, texts: ReportTexts, formats: Formats): Section {
  const { title, column, all } = texts.byDay;
  const lines = days.map((day) => [formats.shortDay(day.group), ...cells(day, formats)]);
  const sum = [all, ...cells(week.total, formats)];
  return { title, lines: [], table: tableOf(week, column, [...lines, sum], texts, formats) };
}

/** One line per consultant, the most appointments first; no section for a week without appointments. */
export function consultantTable({ consultants, week }: WeekData, texts: ReportTexts, formats: Formats): Section[] {
  if (consultants.length === 0) return [];
  const { title, column, unknown } = texts.byConsultant;
  const named = consultants.map((consultant) => ({
    ...consultant,
    name: consultant.group === UNKNOWN_CONSULTANT ? unknown : consultant.group,
  }));
  const sorted = named.sort((a, b) => b.totalSlots - a.totalSlots || a.name.localeCompare(b.name));
  const lines = sorted.map((consultant) => [consultant.name, ...cells(consultant, formats)]);
  return [{ title, lines: [], table: tableOf(week, column, lines, texts, formats) }];
}

const tableOf = (
  { from, to }: DateRange,
  column: string,
  lines: string[][],
  { columns }: ReportTexts,
  { dates }: Formats,
): Table => withText(dates(from, to), [column, ...columns], lines);

const withText = (caption: string, header: string[], lines: string[][]): Table => ({
  caption,
  header,
  lines,
  text: table(header, lines),
});

/** The cells in the order of the columns. The rate comes first, so that a phone shows it without scrolling. */
function cells(group: Metrics, { count, percent }: Formats): string[] {
  const { totalSlots, completed, noShows, ghosts, cancelled, rescheduled, overhang, showRate } = group;
  const counts = [totalSlots, completed, noShows + ghosts, cancelled + rescheduled, overhang];
  return [percent(showRate), ...counts.map(count)];
}
