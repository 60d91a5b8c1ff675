import { ENGLISH, GERMAN, list } from "./language.ts";
import { countOf, type Describe, sentences } from "./sentence.ts";

/** What a run of calendar tracking did, or would do. */
export const describeTracking: Describe = ({ counts, dryRun }, language) => {
  const words = WORDS[language];
  if (counts.disabled === true) return [{ icon: "info", text: words.disabled }];
  const days = countOf(counts, "daysRead");
  const skipped = countOf(counts, "daysSkipped");
  const uncertain = countOf(counts, "uncertain");
  const reclassified = countOf(counts, "reclassified");
  const outOfReach = countOf(counts, "daysOutOfReach");
  const changes = (["added", "changed", "gone"] as const)
    .map((name) => ({ name, count: countOf(counts, name) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => words[name](count));
  return sentences(
    { icon: "calendar-days", text: days === 0 ? words.nothing : words.read(days, countOf(counts, "appointments")) },
    skipped > 0 && { icon: "info", text: words.skipped(skipped) },
    days > 0 && {
      icon: "clipboard-check",
      text: changes.length === 0 ? words.unchanged : words.changes(list(changes, language), dryRun),
    },
    uncertain > 0 && { icon: "triangle-alert", text: words.uncertain(uncertain) },
    reclassified > 0 && { icon: "clipboard-check", text: words.reclassified(reclassified) },
    outOfReach > 0 && { icon: "triangle-alert", text: words.outOfReach(outOfReach) },
    counts.report === "queued" && !dryRun && { icon: "mail", text: words.report },
    counts.report === "no-sender" && { icon: "triangle-alert", text: words.noSender },
  );
};

const en = {
  disabled: "No calendar is connected. Set GOOGLE_CALENDAR_IDS and GOOGLE_CREDS_BASE64.",
  nothing: "All days were final already; no calendar was read.",
  read: (days: number, appointments: number): string =>
    `Read ${ENGLISH.count(days, "day", "days")} with ${ENGLISH.count(appointments, "appointment", "appointments")}.`,
  skipped: (days: number): string => `Left out ${ENGLISH.count(days, "day that is", "days that are")} final.`,
  unchanged: "No appointment differs from what was stored.",
  added: (count: number): string => `${ENGLISH.number(count)} new`,
  changed: (count: number): string => `${ENGLISH.number(count)} changed`,
  gone: (count: number): string => `${ENGLISH.number(count)} no longer in the calendar`,
  changes: (parts: string, dryRun: boolean): string =>
    `Appointments${dryRun ? " that would be updated" : ""}: ${parts}.`,
  uncertain: (count: number): string =>
    `${ENGLISH.count(count, "appointment has", "appointments have")} no clear outcome. Judge ${count === 1 ? "it" : "them"} under Attendance.`,
  reclassified: (count: number): string =>
    `${ENGLISH.count(count, "stored appointment was", "stored appointments were")} judged again by the new rules.`,
  outOfReach: (days: number): string =>
    `${ENGLISH.count(days, "earlier day is", "earlier days are")} not final. Run the sync for ${days === 1 ? "it" : "them"} by hand.`,
  report: "Queued the weekly report.",
  noSender: "The weekly report was not sent: no sender address is set up.",
};

const de: typeof en = {
  disabled: "Es ist kein Kalender verbunden. Setze GOOGLE_CALENDAR_IDS und GOOGLE_CREDS_BASE64.",
  nothing: "Alle Tage waren schon endgültig; es wurde kein Kalender gelesen.",
  read: (days, appointments) =>
    `${GERMAN.count(days, "Tag", "Tage")} mit ${GERMAN.count(appointments, "Termin", "Terminen")} gelesen.`,
  skipped: (days) => `${GERMAN.count(days, "endgültiger Tag", "endgültige Tage")} ausgelassen.`,
  unchanged: "Kein Termin weicht vom gespeicherten Stand ab.",
  added: (count) => `${GERMAN.number(count)} neu`,
  changed: (count) => `${GERMAN.number(count)} geändert`,
  gone: (count) => `${GERMAN.number(count)} nicht mehr im Kalender`,
  changes: (parts, dryRun) => `Termine${dryRun ? ", die aktualisiert würden" : ""}: ${parts}.`,
  uncertain: (count) =>
    `${GERMAN.count(count, "Termin hat", "Termine haben")} kein eindeutiges Ergebnis. Beurteile ${count === 1 ? "ihn" : "sie"} unter Anwesenheit.`,
  reclassified: (count) =>
    `${GERMAN.count(count, "gespeicherter Termin", "gespeicherte Termine")} nach den neuen Regeln beurteilt.`,
  outOfReach: (days) =>
    `${GERMAN.count(days, "früherer Tag ist", "frühere Tage sind")} noch nicht endgültig. Starte den Abgleich dafür von Hand.`,
  report: "Den Wochenbericht eingeplant.",
  noSender: "Der Wochenbericht wurde nicht verschickt: Es ist kein Absender eingerichtet.",
};

const WORDS = { en, de };
