import type { Language } from "../../mail/template/language.ts";
import { asHtml, asText, type Letter, type Section } from "../../mail/template/letter.ts";
import { computeTrend, type GroupMetrics, isComplete } from "../metrics/report-queries.ts";
import { CHART } from "./chart.ts";
import { createFormats, type Formats } from "./formats.ts";
import { comparisonTable, consultantTable, dayTable } from "./report-tables.ts";
import { REPORT_TEXTS, type ReportTexts } from "./report-texts.ts";
import type { WeekData } from "./week-data.ts";

/** An hour with fewer appointments says nothing. */
const TELLING = 5;
const WORST = 3;

/**
 * Writes the weekly report, as text and HTML. No customer is named in it. Pure.
 * @param withChart Whether the mail brings its picture.
 */
export function reportLetter(
  facts: WeekData,
  language: Language,
  withChart: boolean,
): { subject: string; text: string; html: string } {
  const words = REPORT_TEXTS[language];
  const formats = createFormats(language);
  const { week } = facts;
  const rate = formats.percent(week.total.showRate);
  const dates = formats.dates(week.from, week.to);
  const letter: Letter = {
    title: words.title,
    greeting: words.greeting,
    intro: words.intro(dates),
    headline: { value: rate, label: headlineLabel(facts, words, formats) },
    figure: withChart ? { alt: told(facts.days, words, formats), ...CHART } : undefined,
    sections: [
      comparisonTable(facts, words, formats),
      dayTable(facts, words, formats),
      ...consultantTable(facts, words, formats),
      { title: words.hours.title, lines: worstHours(facts.hours, words, formats) },
      ...notes(facts, words, formats),
      words.counting,
    ],
    closing: words.closing,
  };
  return { subject: words.subject(rate, dates), text: asText(letter), html: asHtml(letter, language) };
}

/** The show rate, and how it has changed. */
function headlineLabel({ week, before }: WeekData, words: ReportTexts, { pointsChange }: Formats): string {
  const { showRate } = computeTrend(week, before);
  return showRate === null ? words.showRate : `${words.showRate}, ${words.against(pointsChange(showRate))}`;
}

/** What the chart shows, in a sentence. */
function told(days: GroupMetrics[], { chart }: ReportTexts, { tinyDay, count, wholePercent }: Formats): string {
  const each = days.map(({ group, totalSlots, showRate, sold }) => {
    const more = sold === null ? [] : [chart.sold(count(sold))];
    return `${tinyDay(group)} ${count(totalSlots)} (${[wholePercent(showRate), ...more].join(", ")})`;
  });
  return chart.alt(each.join("; "));
}

/** Those with the worst no-show rates, among those with enough appointments; imports have some of no known hour. */
function worstHours(hours: GroupMetrics[], { hours: words }: ReportTexts, { percent, count }: Formats): string[] {
  const missed = ({ noShows, ghosts }: GroupMetrics) => noShows + ghosts;
  const telling = hours.filter((one) => /^\d/.test(one.group) && one.totalSlots >= TELLING && missed(one) > 0);
  if (telling.length === 0) return [words.none(TELLING)];
  const worst = telling.sort((a, b) => (b.noShowRate ?? 0) - (a.noShowRate ?? 0) || missed(b) - missed(a));
  return worst.slice(0, WORST).map((hour) => {
    const named = words.hour(Number.parseInt(hour.group, 10));
    return words.line(named, percent(hour.noShowRate), count(missed(hour)), count(hour.totalSlots));
  });
}

/** What to bear in mind when reading the figures; no section where there is nothing. */
function notes(facts: WeekData, { notes: words }: ReportTexts, { day, list }: Formats): Section[] {
  const { before, days, imported } = facts;
  const idle = days.filter(({ totalSlots }) => totalSlots === 0);
  const lines = [
    idle.length > 0 &&
      (idle.length < days.length ? words.idle(list(idle.map(({ group }) => day(group)))) : words.allIdle),
    imported.length > 0 && words.imported(list(imported.map(day))),
    !isComplete(before) && (before.days.read > 0 ? words.before(before.days.read) : words.nothingBefore),
  ].filter((line) => line !== false);
  return lines.length === 0 ? [] : [{ title: words.title, lines }];
}
