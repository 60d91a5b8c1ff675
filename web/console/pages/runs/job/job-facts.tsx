import type { JSX } from "preact";
import type { Job } from "../../../../client/generated/types.ts";
import { type Locale, useLocale, useWords } from "../../../ui/locale.tsx";
import { type Fact, FactsRow } from "../../../ui/page/facts.tsx";
import { sentenceCase } from "../sentences/language.ts";
import { describeSchedule } from "../sentences/schedule.ts";
import { type RunsWords, words } from "../words.ts";

/** When a job runs, whether it is on time, and how long it takes. */
export function JobFacts({ job }: { job: Job }): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  return (
    <FactsRow
      facts={[scheduleFact(job, w, locale), nextFact(job, w, locale), onTimeFact(job, w), durationFact(job, w, locale)]}
    />
  );
}

function scheduleFact({ schedules, period, timezone }: Job, w: RunsWords, { language }: Locale): Fact {
  const { main, others } = describeSchedule(schedules, period ?? undefined, timezone, new Date(), language);
  return {
    label: w.facts.schedule,
    value: sentenceCase(main),
    note: [others, timezone].filter((part) => part !== undefined).join(" · "),
  };
}

function nextFact({ nextRun, pause }: Job, w: RunsWords, { format }: Locale): Fact {
  if (pause !== null) {
    const note = pause.until === null ? w.facts.untilResumed : w.facts.until(format.dateTime(pause.until));
    return { label: w.facts.next, value: w.facts.paused, note };
  }
  if (nextRun === null) return { label: w.facts.next, value: w.facts.none };
  return { label: w.facts.next, value: format.dateTime(nextRun), note: format.relative(nextRun) };
}

function onTimeFact({ figures: { expected, onTime, late, missed }, period }: Job, w: RunsWords): Fact {
  const label = w.facts.onTime;
  if (expected === 0) return { label, value: w.facts.noData };
  return { label, value: onTimeWords(onTime, expected, period, w), note: w.facts.late(late - missed, missed) };
}

export function onTimeWords(onTime: number, expected: number, period: Job["period"], w: RunsWords): string {
  if (period === "week") return w.facts.weeks(onTime, expected);
  if (period === "month") return w.facts.months(onTime, expected);
  return w.facts.runs(String(onTime), String(expected));
}

function durationFact({ figures: { p50Ms, p95Ms } }: Job, w: RunsWords, { format }: Locale): Fact {
  const label = w.facts.duration;
  if (p50Ms === null) return { label, value: w.facts.noData };
  return {
    label,
    value: format.duration(p50Ms),
    note: p95Ms === null ? undefined : w.facts.p95(format.duration(p95Ms)),
  };
}
