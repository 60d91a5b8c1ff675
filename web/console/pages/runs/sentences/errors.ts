import type { Language } from "./language.ts";

/** An error as the API says it. */
export interface RunFault {
  code: string;
  message: string;
}

/** An error in words, and what to do about it. */
export interface FaultWords {
  what: string;
  remedy: string;
}

/** Says what an error of a run means and what helps, by its code. */
export function describeFault({ code, message }: RunFault, language: Language): FaultWords {
  const known = FAULTS[code] ?? FAULTS[classOf(code)];
  return known?.[language] ?? { what: message, remedy: OTHER[language] };
}

/** Codes of Postgres belong to classes of two characters; codes of sockets are words such as `ECONNREFUSED`. */
function classOf(code: string): string {
  if (/^[0-9A-Z]{5}$/.test(code)) return `${code.slice(0, 2)}xxx`;
  return /^E[A-Z_]+$/.test(code) ? "socket" : "";
}

const OTHER: Record<Language, string> = {
  en: "The log below shows what happened before. If it happens again, report it with the id of the execution.",
  de: "Das Protokoll unten zeigt, was davor geschah. Wenn es wieder passiert, melde es mit der Nummer der Ausführung.",
};

const FAULTS: Record<string, Record<Language, FaultWords>> = {
  "not-configured": {
    en: {
      what: "A setting that this job needs is missing.",
      remedy: "The message below names the setting. Set it and run the job again.",
    },
    de: {
      what: "Eine Einstellung, die dieser Job braucht, fehlt.",
      remedy: "Die Meldung unten nennt die Einstellung. Setze sie und starte den Job noch einmal.",
    },
  },
  misconfigured: {
    en: {
      what: "A setting has a value that cannot be used.",
      remedy: "The message below names the setting. Correct it and run the job again.",
    },
    de: {
      what: "Eine Einstellung hat einen Wert, der nicht funktioniert.",
      remedy: "Die Meldung unten nennt die Einstellung. Korrigiere sie und starte den Job noch einmal.",
    },
  },
  credentials: {
    en: {
      what: "The credentials were refused.",
      remedy: "Check the key of the service account and whether the calendars are shared with it.",
    },
    de: {
      what: "Die Zugangsdaten wurden abgelehnt.",
      remedy: "Prüfe den Schlüssel des Dienstkontos und ob die Kalender dafür freigegeben sind.",
    },
  },
  "calendar-unreadable": {
    en: {
      what: "A calendar could not be read.",
      remedy: "Check that it still exists and is shared with the service account.",
    },
    de: {
      what: "Ein Kalender konnte nicht gelesen werden.",
      remedy: "Prüfe, ob es ihn noch gibt und ob er für das Dienstkonto freigegeben ist.",
    },
  },
  "job-timeout": {
    en: {
      what: "The run took longer than it may.",
      remedy: "It is tried again. If it keeps happening, raise JOB_TIMEOUT_MS.",
    },
    de: {
      what: "Der Lauf hat länger gedauert, als er darf.",
      remedy: "Er wird noch einmal versucht. Wenn das öfter passiert, erhöhe JOB_TIMEOUT_MS.",
    },
  },
  unavailable: {
    en: {
      what: "The database was not available.",
      remedy: "The run is tried again when the database is back.",
    },
    de: {
      what: "Die Datenbank war nicht verfügbar.",
      remedy: "Der Lauf wird wiederholt, sobald die Datenbank wieder da ist.",
    },
  },
  "53300": {
    en: {
      what: "The database refused new connections.",
      remedy: "If it happens again: lower the pool size or raise the database’s connection limit.",
    },
    de: {
      what: "Die Datenbank hat neue Verbindungen abgelehnt.",
      remedy: "Wenn es wieder passiert: Verkleinere den Pool oder erhöhe das Verbindungslimit der Datenbank.",
    },
  },
  "53100": {
    en: { what: "The database’s disk is full.", remedy: "Free space or raise the size limit, then run the job again." },
    de: {
      what: "Der Speicher der Datenbank ist voll.",
      remedy: "Schaffe Platz oder erhöhe die Grenze und starte den Job dann noch einmal.",
    },
  },
  "25006": {
    en: {
      what: "The database was read-only.",
      remedy: "Check whether a maintenance or a failover is running. The run is tried again.",
    },
    de: {
      what: "Die Datenbank war schreibgeschützt.",
      remedy: "Prüfe, ob gerade eine Wartung oder ein Failover läuft. Der Lauf wird noch einmal versucht.",
    },
  },
  "57014": {
    en: { what: "A statement took too long and was cancelled.", remedy: "The run is tried again." },
    de: {
      what: "Eine Abfrage hat zu lange gedauert und wurde abgebrochen.",
      remedy: "Der Lauf wird noch einmal versucht.",
    },
  },
  "55P03": {
    en: { what: "Another process held a lock for too long.", remedy: "The run is tried again." },
    de: { what: "Ein anderer Prozess hielt eine Sperre zu lange.", remedy: "Der Lauf wird noch einmal versucht." },
  },
  "08xxx": {
    en: { what: "The connection to the database was lost.", remedy: "The run is tried again." },
    de: { what: "Die Verbindung zur Datenbank ist abgebrochen.", remedy: "Der Lauf wird noch einmal versucht." },
  },
  "40xxx": {
    en: { what: "The database was busy: two changes met.", remedy: "The run is tried again." },
    de: {
      what: "Die Datenbank war beschäftigt: Zwei Änderungen trafen aufeinander.",
      remedy: "Der Lauf wird noch einmal versucht.",
    },
  },
  "57xxx": {
    en: { what: "The database was restarting.", remedy: "The run is tried again." },
    de: { what: "Die Datenbank wurde gerade neu gestartet.", remedy: "Der Lauf wird noch einmal versucht." },
  },
  socket: {
    en: { what: "A server could not be reached.", remedy: "The message below names it. The run is tried again." },
    de: {
      what: "Ein Server war nicht erreichbar.",
      remedy: "Die Meldung unten nennt ihn. Der Lauf wird noch einmal versucht.",
    },
  },
};
