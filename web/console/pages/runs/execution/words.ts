/** What the page of one execution says. */
const en = {
  week: (label: string): string => `Week of ${label}`,
  dryWeek: (label: string): string => `Dry run for the week of ${label}`,
  attempt: (attempt: number): string =>
    attempt === 1
      ? "first attempt"
      : attempt === 2
        ? "second attempt"
        : attempt === 3
          ? "third attempt"
          : `attempt ${attempt}`,
  span: (from: string, to: string): string => `${from} – ${to}`,
  since: (from: string): string => `${from} – now`,
  did: "What it did",
  wouldDo: "What it would do",
  partial: "The run reached its time limit and continues by itself.",
  lost: "The process stopped or another one took the run over.",
  seeNext: "See the next execution",
  seeRetry: "See the retry",
  steps: "Steps",
  chunks: (count: number): string => `${count} parts`,
  parameters: "Parameters",
  mode: "Mode",
  modes: {
    run: "run, without force",
    forced: "run again (forced)",
    dryRun: "dry run, nothing was written",
  },
  latestWeek: "latest completed week",
  latestMonth: "latest completed month",
  start: "Start",
  id: "Execution",
  scheduledFor: "Planned for",
  log: "Log",
  lastLines: (shown: number, all: number): string => (shown === all ? `${all} lines` : `last ${shown} of ${all} lines`),
  showAll: "Show all",
  showFewer: "Show fewer",
  noLog: "It wrote no log lines.",
  json: "JSON",
  copy: "Copy",
  copied: "Copied.",
  logLost: "Without an end, an execution leaves no steps and no log.",
};

const de: typeof en = {
  week: (label) => `Woche vom ${label}`,
  dryWeek: (label) => `Probelauf für die Woche vom ${label}`,
  attempt: (attempt) =>
    attempt === 1
      ? "erster Versuch"
      : attempt === 2
        ? "zweiter Versuch"
        : attempt === 3
          ? "dritter Versuch"
          : `${attempt}. Versuch`,
  span: (from, to) => `${from} – ${to}`,
  since: (from) => `${from} – jetzt`,
  did: "Was passiert ist",
  wouldDo: "Was passieren würde",
  partial: "Der Lauf hat sein Zeitlimit erreicht und läuft von selbst weiter.",
  lost: "Der Prozess wurde beendet, oder ein anderer hat den Lauf übernommen.",
  seeNext: "Zur nächsten Ausführung",
  seeRetry: "Zur Wiederholung",
  steps: "Schritte",
  chunks: (count) => `${count} Teile`,
  parameters: "Parameter",
  mode: "Art",
  modes: {
    run: "Lauf, ohne Zwang",
    forced: "erneuter Lauf (erzwungen)",
    dryRun: "Probelauf, nichts gespeichert",
  },
  latestWeek: "letzte abgeschlossene Woche",
  latestMonth: "letzter abgeschlossener Monat",
  start: "Start",
  id: "Ausführung",
  scheduledFor: "Geplant für",
  log: "Protokoll",
  lastLines: (shown, all) => (shown === all ? `${all} Zeilen` : `letzte ${shown} von ${all} Zeilen`),
  showAll: "Alle anzeigen",
  showFewer: "Weniger anzeigen",
  noLog: "Es gibt keine Protokollzeilen.",
  json: "JSON",
  copy: "Kopieren",
  copied: "Kopiert.",
  logLost: "Ohne Ende hinterlässt eine Ausführung weder Schritte noch Protokoll.",
};

export type ExecutionWords = typeof en;
export const words: Readonly<Record<"en" | "de", ExecutionWords>> = { en, de };
