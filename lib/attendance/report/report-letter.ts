import { asHtml, asText, type Letter, type Section } from "../../mail/template/letter.ts";
import type { Language } from "../../users/languages.ts";
import { computeTrend, type GroupMetrics, isComplete } from "../metrics/report-queries.ts";
import { CHART } from "./chart.ts";
import { createFormats, type Formats } from "./formats.ts";
import { comparisonTable, consultantTable, dayTable } from "./report-tables.ts";
import { REPORT_TEXTS, type ReportTexts } from "./report-texts.ts";
import type { WeekData } from "./week-data.ts";

/** An hour with fewer appointments is no basis for a rate. */
const MIN_APPOINTMENTS = 5;
const WORST_HOURS = 3;

/**
 * Writes the weekly report as text and HTML. It contains no customer's name. Pure.
 * @param withChart Whether the mail has the chart as a picture.
 */
export function reportLetter(
  data: WeekData,
  language: Language,
  withChart: boolean,
): { subject: string; text: string; html: string } {
  const texts = REPORT_TEXTS[language];
  const formats = createFormats(language);
  const { week } = data;
  const rate = formats.percent(week.total.showRate);
  const dates = formats.dates(week.from, week.to);
  const letter: Letter = {
    title: texts.title,
    greeting: texts.greeting,
    intro: texts.intro(dates),
    headline: { value: rate, label: headlineLabel(data, texts, formats) },
    figure: withChart ? { alt: chartAlt(data.days, texts, formats), ...CHART } : undefined,
    sections: [
      comparisonTable(data, texts, formats),
      dayTable(data, texts, formats),
      ...consultantTable(data, texts, formats),
      { title: texts.hours.title, lines: worstHours(data.hours, texts, formats) },
      ...notes(data, texts, formats),
      texts.counting,
    ],
    closing: texts.closing,
  };
  return { subject: texts.subject(rate, dates), text: asText(letter), html: asHtml(letter, language) };
}

/** The label of the show rate, with its change against the week before. */
function headlineLabel({ week, before }: WeekData, texts: ReportTexts, { pointsChange }: Formats): string {
  const { showRate } = computeTrend(week, before);
  return showRate === null ? texts.showRate : `${texts.showRate}, ${texts.against(pointsChange(showRate))}`;
}

/** The content of the chart in words. */
function chartAlt(days: GroupMetrics[], { chart }: ReportTexts, { tinyDay, count, wholePercent }: Formats): string {
  const parts = days.map(({ group, totalSlots, showRate, sold }) => {
    const soldText = sold === null ? [] : [chart.sold(count(sold))];
    return `${tinyDay(group)} ${count(totalSlots)} (${[wholePercent(showRate), ...soldText].join(", ")})`;
  });
  return chart.alt(parts.join("; "));
}

/** The hours with the highest no-show rates. Imports may have appointments without an hour, which are left out. */
function worstHours(hours: GroupMetrics[], { hours: texts }: ReportTexts, { percent, count }: Formats): string[] {
  const missed = ({ noShows, ghosts }: GroupMetrics) => noShows + ghosts;
  const candidates = hours.filter(
    (hour) => /^\d/.test(hour.group) && hour.totalSlots >= MIN_APPOINTMENTS && missed(hour) > 0,
  );
  if (candidates.length === 0) return [texts.none(MIN_APPOINTMENTS)];
  const worst = candidates.sort((a, b) => (b.noShowRate ?? 0) - (a.noShowRate ?? 0) || missed(b) - missed(a));
  return worst.slice(0, WORST_HOURS).map((hour) => {
    const label = texts.hour(Number.parseInt(hour.group, 10));
    return texts.line(label, percent(hour.noShowRate), count(missed(hour)), count(hour.totalSlots));
  });
}

/** Limits of the numbers that a reader should know; no section if there are none. */
function notes(data: WeekData, { notes: texts }: ReportTexts, { day, list }: Formats): Section[] {
  const { before, days, imported } = data;
  const idle = days.filter(({ totalSlots }) => totalSlots === 0);
  const lines = [
    idle.length > 0 &&
      (idle.length < days.length ? texts.idle(list(idle.map(({ group }) => day(group)))) : texts.allIdle),
    imported.length > 0 && texts.imported(list(imported.map(day))),
    !isComplete(before) && (before.days.read > 0 ? texts.before(before.days.read) : texts.nothingBefore),
  ].filter((line) => line !== false);
  return lines.length === 0 ? [] : [{ title: texts.title, lines }];
}
