import type { Command } from "../sentences/jobs.ts";

const en = {
  mode: "Mode",
  modes: {
    dry: { label: "Dry run", hint: "Show what would change" },
    run: { label: "Run", hint: "Only what is missing" },
    force: { label: "Run again", hint: "The first run stays on record" },
  },
  latest: "Latest completed",
  evaluated: (when: string): string => `Already evaluated: ${when}. Choose “Run again” to redo it.`,
  evaluatedAt: (when: string): string => `It was evaluated last: ${when}.`,
  plain: "The job has no settings. What is done already is not repeated.",
  anyId: "All",
  anyChoice: "Any",
  numberHint: (minimum: number, maximum: number): string => `${minimum} to ${maximum}`,
  numberWrong: (minimum: number, maximum: number): string => `Enter a whole number from ${minimum} to ${maximum}.`,
  close: "Close",
  back: "Back",
  buttons: { dry: "Start dry run", run: "Run", force: "Run again" },
  confirmForce: "Run again anyway",
  apply: "Run it for real",
  again: "Start over",
  forceTitle: "This replaces results that people may have seen.",
  forceEffect: {
    weekly:
      "Results, ranks, badges and medals of the week follow today’s data. Members may lose or gain some. Mails that went out are not sent again.",
    monthly:
      "Results, ranks, badges and awards of the month follow today’s data. Members may lose or gain some. Mails that went out are not sent again.",
    tracking: "Days that are final already are read and counted again. Reports that went out do not change.",
  } as Partial<Record<Command, string>>,
  running: "Running …",
  runningSince: (since: string): string => `Running for ${since}. You may close this dialog; the run continues.`,
  dryDone: (duration: string): string => `Dry run finished in ${duration}. Nothing was written.`,
  done: (duration: string): string => `Finished in ${duration}.`,
  partial: "The run reached its time limit and continues by itself.",
  skipped: {
    "already-running": "Another run of this job is active. Nothing was started.",
    "already-processed": "This is done already. Choose “Run again” to redo it.",
    "not-due": "Nothing is due: the period has not ended yet.",
    paused: "The job is paused.",
  } as Record<string, string>,
  failed: "The run failed",
  refused: "The run was not started",
  see: "See the execution",
  showAll: (count: number): string => `Show all ${count}`,
  applyChanges: (count: number): string => (count === 1 ? "Apply 1 change" : `Apply ${count} changes`),
  points: (before: string, after: string): string => `${before} → ${after} points`,
  rows: {
    results: "Largest changes",
    days: "Changes by provider and day",
    conflicts: "Booked slots that no longer fit",
    attendance: "Days that would change",
    attendanceDone: "Days that changed",
  },
  figures: {
    totalSlots: "appointments",
    completed: "attended",
    sold: "sold",
    noShows: "no-shows",
    ghosts: "ghosts",
    cancelled: "cancelled",
    rescheduled: "moved",
    overhang: "overhang",
    pending: "to come",
    unjudged: "unjudged",
  } as Record<string, string>,
  dayCounts: (added: number, changed: number, removed: number): string =>
    [added > 0 && `${added} new`, changed > 0 && `${changed} changed`, removed > 0 && `${removed} removed`]
      .filter(Boolean)
      .join(", "),
  booked: (booked: number): string => `${booked} booked`,
};

const de: typeof en = {
  mode: "Art",
  modes: {
    dry: { label: "Probelauf", hint: "Zeigt, was sich ändern würde" },
    run: { label: "Lauf", hint: "Nur, was noch fehlt" },
    force: { label: "Noch einmal", hint: "Der erste Lauf bleibt dokumentiert" },
  },
  latest: "Zuletzt abgeschlossen",
  evaluated: (when) => `Schon ausgewertet: ${when}. Mit „Noch einmal“ kannst du das wiederholen.`,
  evaluatedAt: (when) => `Zuletzt ausgewertet: ${when}.`,
  plain: "Der Job hat keine Einstellungen. Was schon erledigt ist, wird nicht wiederholt.",
  anyId: "Alle",
  anyChoice: "Beliebig",
  numberHint: (minimum, maximum) => `${minimum} bis ${maximum}`,
  numberWrong: (minimum, maximum) => `Gib eine ganze Zahl von ${minimum} bis ${maximum} ein.`,
  close: "Schließen",
  back: "Zurück",
  buttons: { dry: "Probelauf starten", run: "Starten", force: "Noch einmal starten" },
  confirmForce: "Trotzdem noch einmal starten",
  apply: "Wirklich ausführen",
  again: "Von vorn",
  forceTitle: "Das ersetzt Ergebnisse, die vielleicht schon jemand gesehen hat.",
  forceEffect: {
    weekly:
      "Ergebnisse, Plätze, Abzeichen und Medaillen der Woche richten sich danach nach den heutigen Daten. Mitglieder können welche verlieren oder dazubekommen. Verschickte Mails gehen nicht noch einmal raus.",
    monthly:
      "Ergebnisse, Plätze, Abzeichen und Auszeichnungen des Monats richten sich danach nach den heutigen Daten. Mitglieder können welche verlieren oder dazubekommen. Verschickte Mails gehen nicht noch einmal raus.",
    tracking: "Auch endgültige Tage werden neu gelesen und gezählt. Verschickte Berichte ändern sich nicht.",
  },
  running: "Läuft …",
  runningSince: (since) => `Läuft seit ${since}. Du kannst den Dialog schließen, der Lauf geht weiter.`,
  dryDone: (duration) => `Probelauf nach ${duration} fertig. Es wurde nichts gespeichert.`,
  done: (duration) => `Nach ${duration} fertig.`,
  partial: "Der Lauf hat sein Zeitlimit erreicht und läuft von selbst weiter.",
  skipped: {
    "already-running": "Gerade läuft schon ein anderer Lauf dieses Jobs. Es wurde nichts gestartet.",
    "already-processed": "Das ist schon erledigt. Mit „Noch einmal“ kannst du es wiederholen.",
    "not-due": "Es ist nichts fällig: Der Zeitraum ist noch nicht zu Ende.",
    paused: "Der Job ist pausiert.",
  },
  failed: "Der Lauf ist fehlgeschlagen",
  refused: "Der Lauf wurde nicht gestartet",
  see: "Zur Ausführung",
  showAll: (count) => `Alle ${count} anzeigen`,
  applyChanges: (count) => (count === 1 ? "1 Änderung übernehmen" : `${count} Änderungen übernehmen`),
  points: (before, after) => `${before} → ${after} Punkte`,
  rows: {
    results: "Größte Änderungen",
    days: "Änderungen nach Anbieter und Tag",
    conflicts: "Gebuchte Slots, die nicht mehr passen",
    attendance: "Tage, die sich ändern würden",
    attendanceDone: "Tage, die sich geändert haben",
  },
  figures: {
    totalSlots: "Termine",
    completed: "erschienen",
    sold: "verkauft",
    noShows: "nicht erschienen",
    ghosts: "Ghosting",
    cancelled: "abgesagt",
    rescheduled: "verschoben",
    overhang: "Überhang",
    pending: "stehen aus",
    unjudged: "unbeurteilt",
  },
  dayCounts: (added, changed, removed) =>
    [added > 0 && `${added} neu`, changed > 0 && `${changed} geändert`, removed > 0 && `${removed} entfernt`]
      .filter(Boolean)
      .join(", "),
  booked: (booked) => `${booked} gebucht`,
};

export type StartWords = typeof en;
export const words: Readonly<Record<"en" | "de", StartWords>> = { en, de };
