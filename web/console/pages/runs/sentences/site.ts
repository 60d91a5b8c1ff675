import { ENGLISH, GERMAN } from "./language.ts";
import { countOf, type Describe, sentences } from "./sentence.ts";

/** What a run of site processing did. */
export const describeSite: Describe = ({ counts }, language) => {
  const words = WORDS[language];
  const processed = countOf(counts, "processed");
  const replayed = countOf(counts, "replayed");
  const deadLetters = countOf(counts, "deadLetters");
  return sentences(
    { icon: "chart-line", text: processed === 0 ? words.nothing : words.processed(processed) },
    replayed > 0 && { icon: "info", text: words.replayed(replayed) },
    deadLetters > 0 && { icon: "triangle-alert", text: words.deadLetters(deadLetters) },
  );
};

const en = {
  nothing: "No site events were waiting.",
  processed: (count: number): string => `Processed ${ENGLISH.count(count, "site event", "site events")}.`,
  replayed: (count: number): string =>
    `${ENGLISH.count(count, "event that had been refused was", "events that had been refused were")} tried again.`,
  deadLetters: (count: number): string =>
    `${ENGLISH.count(count, "event was", "events were")} refused. See Site for the reasons.`,
};

const de: typeof en = {
  nothing: "Es warteten keine Website-Ereignisse.",
  processed: (count) => `${GERMAN.count(count, "Website-Ereignis", "Website-Ereignisse")} verarbeitet.`,
  replayed: (count) => `${GERMAN.count(count, "abgelehntes Ereignis", "abgelehnte Ereignisse")} noch einmal versucht.`,
  deadLetters: (count) =>
    `${GERMAN.count(count, "Ereignis", "Ereignisse")} abgelehnt. Die Gründe stehen unter Website.`,
};

const WORDS = { en, de };
