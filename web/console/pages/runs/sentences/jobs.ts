import type { Language } from "./language.ts";

/** The jobs by their command, in the order in which pages list them. */
export const COMMANDS = ["weekly", "monthly", "dispatch", "slots", "tracking", "site", "cleanup"] as const;
export type Command = (typeof COMMANDS)[number];

export const isCommand = (word: string): word is Command => COMMANDS.some((command) => command === word);

const BY_NAME: Readonly<Record<string, Command>> = {
  "weekly-events": "weekly",
  "monthly-events": "monthly",
  "email-dispatch": "dispatch",
  "slot-maintenance": "slots",
  "calendar-tracking": "tracking",
  "site-processing": "site",
  "job-cleanup": "cleanup",
};

/** The command of a job by its name in the ledger, as incidents name it. */
export const commandOf = (jobName: string | null | undefined): Command | undefined => BY_NAME[jobName ?? ""];

/** The words of one job. */
export interface JobWords {
  name: string;
  /** What it does, in one sentence. */
  does: string;
  /** The title of the dialog that starts it. */
  run: string;
  /** Its name inside a sentence: "the weekly evaluation". */
  inSentence: string;
}

export const jobWords = (command: Command, language: Language): JobWords => WORDS[language][command];

const WORDS: Record<Language, Record<Command, JobWords>> = {
  en: {
    weekly: {
      name: "Weekly evaluation",
      does: "Evaluates every member’s week once it is over and queues the summary mails.",
      run: "Run the weekly evaluation",
      inSentence: "the weekly evaluation",
    },
    monthly: {
      name: "Monthly evaluation",
      does: "Evaluates every member’s month once it is over and queues the summary mails.",
      run: "Run the monthly evaluation",
      inSentence: "the monthly evaluation",
    },
    dispatch: {
      name: "Mail dispatch",
      does: "Sends the mails that are due.",
      run: "Send due mails",
      inSentence: "the mail dispatch",
    },
    cleanup: {
      name: "Clean-up",
      does: "Marks stuck runs as failed and deletes data whose retention period is over.",
      run: "Run the clean-up",
      inSentence: "the clean-up",
    },
    slots: {
      name: "Slot maintenance",
      does: "Keeps bookable slots available for the days ahead and removes outdated ones.",
      run: "Run the slot maintenance",
      inSentence: "the slot maintenance",
    },
    tracking: {
      name: "Calendar sync",
      does: "Reads the calendars again and updates the attendance of the last days.",
      run: "Read the calendars",
      inSentence: "the calendar sync",
    },
    site: {
      name: "Site events",
      does: "Processes the site events that are waiting.",
      run: "Process site events",
      inSentence: "the processing of site events",
    },
  },
  de: {
    weekly: {
      name: "Wochenauswertung",
      does: "Wertet jede abgeschlossene Woche aller Mitglieder aus und plant die Wochenmails ein.",
      run: "Wochenauswertung starten",
      inSentence: "die Wochenauswertung",
    },
    monthly: {
      name: "Monatsauswertung",
      does: "Wertet jeden abgeschlossenen Monat aller Mitglieder aus und plant die Monatsmails ein.",
      run: "Monatsauswertung starten",
      inSentence: "die Monatsauswertung",
    },
    dispatch: {
      name: "Mailversand",
      does: "Verschickt die fälligen Mails.",
      run: "Fällige Mails verschicken",
      inSentence: "der Mailversand",
    },
    cleanup: {
      name: "Aufräumen",
      does: "Markiert hängende Läufe als fehlgeschlagen und löscht Daten, deren Aufbewahrungsdauer vorbei ist.",
      run: "Aufräumen starten",
      inSentence: "das Aufräumen",
    },
    slots: {
      name: "Slot-Pflege",
      does: "Hält für die nächsten Tage buchbare Slots bereit und entfernt veraltete.",
      run: "Slot-Pflege starten",
      inSentence: "die Slot-Pflege",
    },
    tracking: {
      name: "Kalenderabgleich",
      does: "Liest die Kalender neu ein und aktualisiert die Anwesenheit der letzten Tage.",
      run: "Kalender einlesen",
      inSentence: "der Kalenderabgleich",
    },
    site: {
      name: "Website-Ereignisse",
      does: "Verarbeitet die Ereignisse der Website, die noch warten.",
      run: "Website-Ereignisse verarbeiten",
      inSentence: "die Verarbeitung der Website-Ereignisse",
    },
  },
};
