/** The texts of the search. */
const en = {
  title: "Search",
  placeholder: "Member, booking, run or mail",
  hint: "Names, e-mail addresses, subjects, ids, or a date such as 2026-02-03.",
  recent: "Recently opened",
  kinds: { pages: "Pages", members: "Members", bookings: "Bookings", jobs: "Jobs", executions: "Runs", mails: "Mails" },
  none: (text: string): string => `Nothing found for “${text}”.`,
  failed: "The search did not work",
  found: (count: number): string => (count === 1 ? "1 result" : `${count} results`),
  keys: "Arrow keys choose, Enter opens, Escape closes",
  withProvider: (service: string, provider: string): string => `${service} with ${provider}`,
  inactive: "inactive",
  unnamed: "Member without a name",
};

const de: typeof en = {
  title: "Suchen",
  placeholder: "Mitglied, Buchung, Lauf oder Mail",
  hint: "Namen, E-Mail-Adressen, Betreffzeilen, IDs oder ein Datum wie 3.2.2026.",
  recent: "Zuletzt geöffnet",
  kinds: {
    pages: "Seiten",
    members: "Mitglieder",
    bookings: "Buchungen",
    jobs: "Aufgaben",
    executions: "Läufe",
    mails: "Mails",
  },
  none: (text) => `Nichts gefunden für „${text}“.`,
  failed: "Die Suche hat nicht funktioniert",
  found: (count) => (count === 1 ? "1 Treffer" : `${count} Treffer`),
  keys: "Pfeiltasten wählen, Enter öffnet, Escape schließt",
  withProvider: (service, provider) => `${service} bei ${provider}`,
  inactive: "inaktiv",
  unnamed: "Mitglied ohne Namen",
};

export type SearchWords = typeof en;
export const searchWords: Readonly<Record<"en" | "de", SearchWords>> = { en, de };
