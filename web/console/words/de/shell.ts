import type { shellWords as english } from "../en/shell.ts";

export const shellWords: typeof english = {
  loading: "Lädt …",
  working: "Läuft … das kann einige Minuten dauern.",
  answered: "Erledigt. Antwort des Servers:",
  reload: "Neu laden",
  tryAgain: "Noch einmal versuchen",
  cancel: "Abbrechen",
  close: "Schließen",
  details: "Einzelheiten",
  skip: "Zum Inhalt springen",
  allEndpoints: "Alle Endpunkte",
  areas: "Bereiche",
  asOf: (time) => `Stand ${time}`,
  asTable: "Zahlen als Tabelle",
  chart: (series, last, lowest, highest) => `${series}: zuletzt ${last}, mindestens ${lowest}, höchstens ${highest}.`,
  day: "Tag",
  zone: "Zeitzone",
  span: "Zeitraum",
  lastDays: (days) => `letzte ${days} Tage`,
  daysIn: (zone) => `Tage in ${zone}.`,
  groups: { day: "Tag", week: "Woche ab", month: "Monat" },
  language: "Sprache",
  colours: { label: "Farben", auto: "Farben: System", light: "Farben: hell", dark: "Farben: dunkel" },
  signOut: "Abmelden",
  signIn: {
    token: "Admin-Token",
    hint: "Das ADMIN_TOKEN dieser Installation. Es bleibt in diesem Tab und wird gelöscht, sobald du ihn schließt.",
    submit: "Anmelden",
    wrong: "Dieses Token ist falsch (401). Bitte prüfe es und versuche es noch einmal.",
    forbidden: "Dieses Token hat keinen Zugriff auf die Betreiberdaten (403). Bitte melde dich mit dem ADMIN_TOKEN an.",
  },
  faults: {
    of: (status) =>
      status === 0
        ? "Der Server ist nicht erreichbar."
        : status === 429
          ? "Zu viele Anfragen."
          : status === 503
            ? "Der Server ist gerade nicht verfügbar."
            : status >= 500
              ? "Auf dem Server ist ein Fehler aufgetreten."
              : "Der Server lehnt diese Anfrage ab.",
    retryAfter: (time) => `Versuche es in ${time} noch einmal.`,
    requestId: "Anfrage-Nummer:",
  },
  health: {
    label: "Zustand",
    pass: "gut",
    warn: "Warnung",
    fail: "gestört",
    unknown: "unbekannt",
    checks: {
      "database:responseTime": "Datenbank erreichbar",
      "database:writable": "Datenbank beschreibbar",
      "database:migrations": "Migrationen",
      "database:server": "Datenbankserver",
      "database:pooling": "Pooling",
      "database:connections": "Verbindungen",
      "mail:queueAge": "Mail-Warteschlange",
      "mail:server": "Mailserver",
      "jobs:overdue": "Überfällige Jobs",
      "jobs:paused": "Pausierte Jobs",
      "incidents:open": "Störungen",
      "calendar:reading": "Kalender",
      "rateLimit:store": "Anfragelimit",
      "tmp:room": "Speicherplatz",
    },
  },
  tabs: { jobs: "Jobs", mail: "Mail", slots: "Slots", attendance: "Anwesenheit", site: "Website", sport: "Sport" },
};
