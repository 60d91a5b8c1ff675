import { ENGLISH, GERMAN, type Language, list } from "./language.ts";
import { countOf, type Describe, type RunFacts, sentences } from "./sentence.ts";

/** What a run of slot maintenance did, or would do. */
export const describeSlots: Describe = (facts, language) => {
  const words = WORDS[language];
  const { counts } = facts;
  if (counts.disabled === true) return [{ icon: "info", text: words.disabled }];
  const conflicts = countOf(counts, "conflicts");
  const capped = countOf(counts, "capped");
  return sentences(
    { icon: "calendar-days", text: describeChanges(facts, language) },
    { icon: "info", text: words.checked(countOf(counts, "services"), countOf(counts, "kept")) },
    conflicts > 0 && { icon: "triangle-alert", text: words.conflicts(conflicts) },
    capped > 0 && { icon: "info", text: words.capped(capped) },
  );
};

function describeChanges({ counts, dryRun }: RunFacts, language: Language): string {
  const words = WORDS[language];
  const planned = dryRun || counts.planned === true;
  // Slots in the past that end are no change that a person notices.
  const parts = (["added", "changed", "removed"] as const)
    .map((name) => ({ name, count: countOf(counts, name) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }, index) => words[planned ? "planned" : "done"][name](count, index === 0));
  if (parts.length === 0) return planned ? words.wouldKeep : words.unchanged;
  return planned ? words.would(list(parts, language)) : words.did(list(parts, language));
}

const slots = (count: number, withNoun: boolean): string =>
  withNoun ? ENGLISH.count(count, "slot", "slots") : ENGLISH.number(count);

const en = {
  disabled: "Slot maintenance is switched off in the settings (SLOT_AUTOMATION_ENABLED).",
  unchanged: "All slots fit already.",
  wouldKeep: "Would change nothing: all slots fit already.",
  did: (parts: string): string => `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`,
  would: (parts: string): string => `Would ${parts}.`,
  done: {
    added: (count: number, noun: boolean): string => `added ${slots(count, noun)}`,
    changed: (count: number, noun: boolean): string => `changed ${slots(count, noun)}`,
    removed: (count: number, noun: boolean): string => `removed ${slots(count, noun)}`,
  },
  planned: {
    added: (count: number, noun: boolean): string => `add ${slots(count, noun)}`,
    changed: (count: number, noun: boolean): string => `change ${slots(count, noun)}`,
    removed: (count: number, noun: boolean): string => `remove ${slots(count, noun)}`,
  },
  checked: (services: number, kept: number): string => {
    if (services === 0) return "There are no services to check.";
    const checked = `Checked ${ENGLISH.count(services, "service", "services")}`;
    if (kept === 0) return `${checked}.`;
    return `${checked}; ${kept === 1 ? "1 slot stays as it was" : `${ENGLISH.number(kept)} slots stay as they were`}.`;
  },
  conflicts: (count: number): string =>
    `${ENGLISH.count(count, "booked slot no longer fits", "booked slots no longer fit")} the plan. Move or cancel the bookings.`,
  capped: (count: number): string =>
    `${ENGLISH.count(count, "slot was", "slots were")} left out: a service has reached its limit.`,
};

const germanSlots = (count: number, withNoun: boolean): string =>
  withNoun ? GERMAN.count(count, "Slot", "Slots") : GERMAN.number(count);

const de: typeof en = {
  disabled: "Die Slot-Pflege ist in den Einstellungen ausgeschaltet (SLOT_AUTOMATION_ENABLED).",
  unchanged: "Alle Slots passen schon.",
  wouldKeep: "Würde nichts ändern: Alle Slots passen schon.",
  did: (parts) => `${parts}.`,
  would: (parts) => `Würde ${parts}.`,
  done: {
    added: (count, noun) => `${germanSlots(count, noun)} angelegt`,
    changed: (count, noun) => `${germanSlots(count, noun)} geändert`,
    removed: (count, noun) => `${germanSlots(count, noun)} entfernt`,
  },
  planned: {
    added: (count, noun) => `${germanSlots(count, noun)} anlegen`,
    changed: (count, noun) => `${germanSlots(count, noun)} ändern`,
    removed: (count, noun) => `${germanSlots(count, noun)} entfernen`,
  },
  checked: (services, kept) => {
    if (services === 0) return "Es gibt keine Leistungen zu prüfen.";
    const checked = `${GERMAN.count(services, "Leistung", "Leistungen")} geprüft`;
    return kept === 0
      ? `${checked}.`
      : `${checked}; ${GERMAN.count(kept, "Slot bleibt", "Slots bleiben")} unverändert.`;
  },
  conflicts: (count) =>
    `${GERMAN.count(count, "gebuchter Slot passt", "gebuchte Slots passen")} nicht mehr zum Plan. Verschiebe die Termine oder sag sie ab.`,
  capped: (count) =>
    `${GERMAN.count(count, "Slot wurde", "Slots wurden")} ausgelassen: Eine Leistung hat ihre Obergrenze erreicht.`,
};

const WORDS = { en, de };
