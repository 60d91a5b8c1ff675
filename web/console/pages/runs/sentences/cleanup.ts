import { ENGLISH, GERMAN, type Language, type Numbers } from "./language.ts";
import { countOf, type Describe, sentences } from "./sentence.ts";

/** What a clean-up did. Counts of steps without words of their own are added up. */
export const describeCleanup: Describe = ({ counts }, language) => {
  const words = WORDS[language];
  const stuck = countOf(counts, "cleaned");
  const known = Object.entries(words.deleted).flatMap(([name, describe]) => {
    const count = countOf(counts, name);
    return count === 0 ? [] : [{ icon: "trash-2" as const, text: describe(count) }];
  });
  const others = Object.entries(counts)
    .filter(([name]) => name !== "cleaned" && name !== "durationMs" && !(name in words.deleted))
    .reduce((sum, [name]) => sum + countOf(counts, name), 0);
  const all = sentences(
    stuck > 0 && { icon: "triangle-alert", text: words.stuck(stuck) },
    ...known,
    others > 0 && { icon: "trash-2", text: words.others(others) },
  );
  return all.length === 0 ? [{ icon: "trash-2", text: words.nothing }] : all;
};

interface Words {
  nothing: string;
  stuck(count: number): string;
  others(count: number): string;
  /** By the name of the count. */
  deleted: Record<string, (count: number) => string>;
}

/** A noun in one and in many, and the end of the sentence. */
const sayings =
  ({ count }: Numbers) =>
  (one: string, many: string, end: string) =>
  (value: number): string =>
    `${count(value, one, many)} ${end}`;

const english = sayings(ENGLISH);
const german = sayings(GERMAN);

const WORDS: Record<Language, Words> = {
  en: {
    nothing: "There was nothing to clean up.",
    stuck: english("stuck run was", "stuck runs were", "marked as failed."),
    others: english("other old entry was", "other old entries were", "deleted."),
    deleted: {
      mailsEmptied: english("old mail was", "old mails were", "emptied."),
      mailsDeleted: english("old mail was", "old mails were", "deleted."),
      runsDeleted: english("old run was", "old runs were", "deleted."),
      executionsDeleted: english("old execution was", "old executions were", "deleted."),
      holdsReleased: english("reserved place was", "reserved places were", "released."),
      bookingsCancelled: english("unconfirmed booking was", "unconfirmed bookings were", "cancelled."),
      bookingsForgotten: english("past booking was", "past bookings were", "made anonymous."),
      appointmentsForgotten: english("past appointment was", "past appointments were", "made anonymous."),
      rawDaysDropped: english("day", "days", "of raw site events deleted."),
      eventIdsForgotten: english("id of an old site event was", "ids of old site events were", "deleted."),
      deadLettersForgotten: english("refused site event was", "refused site events were", "deleted."),
      ratesForgotten: english("expired rate limit was", "expired rate limits were", "deleted."),
    },
  },
  de: {
    nothing: "Es gab nichts aufzuräumen.",
    stuck: german("hängender Lauf", "hängende Läufe", "als fehlgeschlagen markiert."),
    others: german("weiterer alter Eintrag", "weitere alte Einträge", "gelöscht."),
    deleted: {
      mailsEmptied: german("alte Mail", "alte Mails", "geleert."),
      mailsDeleted: german("alte Mail", "alte Mails", "gelöscht."),
      runsDeleted: german("alter Lauf", "alte Läufe", "gelöscht."),
      executionsDeleted: german("alte Ausführung", "alte Ausführungen", "gelöscht."),
      holdsReleased: german("reservierter Platz", "reservierte Plätze", "freigegeben."),
      bookingsCancelled: german("unbestätigter Termin", "unbestätigte Termine", "abgesagt."),
      bookingsForgotten: german("vergangene Buchung", "vergangene Buchungen", "anonymisiert."),
      appointmentsForgotten: german("vergangener Kalendertermin", "vergangene Kalendertermine", "anonymisiert."),
      rawDaysDropped: german("Tag", "Tage", "Rohdaten der Website gelöscht."),
      eventIdsForgotten: german(
        "Kennung eines alten Website-Ereignisses",
        "Kennungen alter Website-Ereignisse",
        "gelöscht.",
      ),
      deadLettersForgotten: german("abgelehntes Website-Ereignis", "abgelehnte Website-Ereignisse", "gelöscht."),
      ratesForgotten: german("abgelaufene Zugriffsgrenze", "abgelaufene Zugriffsgrenzen", "gelöscht."),
    },
  },
};
