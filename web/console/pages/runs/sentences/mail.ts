import { ENGLISH, GERMAN } from "./language.ts";
import { countOf, type Describe, sentences } from "./sentence.ts";

/** What a dispatch of mails did. */
export const describeDispatch: Describe = ({ counts }, language) => {
  const words = WORDS[language];
  const [sent, retrying, failed, skipped, remaining] = ["processed", "retrying", "failed", "skipped", "remaining"].map(
    (name) => countOf(counts, name),
  ) as [number, number, number, number, number];
  const { unreachable } = counts;
  const nothing = sent + retrying + failed + skipped + remaining === 0;
  return sentences(
    typeof unreachable === "string" && { icon: "triangle-alert", text: words.unreachable },
    nothing && unreachable === undefined && { icon: "mail", text: words.nothing },
    sent > 0 && { icon: "mail", text: words.sent(sent) },
    retrying > 0 && { icon: "clock", text: words.retrying(retrying) },
    failed > 0 && { icon: "triangle-alert", text: words.failed(failed) },
    skipped > 0 && { icon: "info", text: words.skipped(skipped) },
    remaining > 0 && { icon: "clock", text: words.remaining(remaining) },
  );
};

const en = {
  nothing: "No mail was due.",
  unreachable: "The mail server could not be reached.",
  sent: (count: number): string => `${ENGLISH.count(count, "mail was", "mails were")} delivered.`,
  retrying: (count: number): string => `${ENGLISH.count(count, "mail", "mails")} will be tried again.`,
  failed: (count: number): string => `${ENGLISH.count(count, "mail", "mails")} failed for good.`,
  skipped: (count: number): string =>
    `${ENGLISH.count(count, "mail was", "mails were")} dropped: the recipient wants none or has no address.`,
  remaining: (count: number): string => `${ENGLISH.count(count, "mail is", "mails are")} still waiting.`,
};

const de: typeof en = {
  nothing: "Es war keine Mail fällig.",
  unreachable: "Der Mailserver war nicht erreichbar.",
  sent: (count) => `${GERMAN.count(count, "Mail", "Mails")} zugestellt.`,
  retrying: (count) => `${GERMAN.count(count, "Mail wird", "Mails werden")} noch einmal versucht.`,
  failed: (count) => `${GERMAN.count(count, "Mail ist", "Mails sind")} endgültig gescheitert.`,
  skipped: (count) =>
    `${GERMAN.count(count, "Mail", "Mails")} verworfen: Der Empfänger möchte keine oder hat keine Adresse.`,
  remaining: (count) => `${GERMAN.count(count, "Mail wartet", "Mails warten")} noch.`,
};

const WORDS = { en, de };
