const en = {
  title: (job: string): string => `Pause ${job}`,
  confirm: "Pause the job",
  how: "How long",
  untilDate: "Until a date",
  untilResumed: "Until somebody resumes it",
  date: "Runs again on",
  dateHint: (zone: string): string => `From 00:00 on this day, ${zone}.`,
  dateMissing: "Choose the day on which it runs again.",
  datePast: "Choose a day after today.",
  reason: "Reason",
  reasonHint: "Shown to your colleagues and in the audit log.",
  reasonMissing: "Say in a few words why.",
  effect:
    "Until then, crons and automatic retries do not start this job, and no alerts are sent about it. A run in progress still finishes.",
  catchUp: "Afterwards it makes up for periods that ended meanwhile.",
  failed: "The job could not be paused",
  paused: (job: string, until: string | undefined): string =>
    until === undefined ? `${job} is paused.` : `${job} is paused until ${until}.`,
};

const de: typeof en = {
  title: (job) => `${job} pausieren`,
  confirm: "Job pausieren",
  how: "Wie lange",
  untilDate: "Bis zu einem Datum",
  untilResumed: "Bis ihn jemand fortsetzt",
  date: "Läuft wieder ab",
  dateHint: (zone) => `Ab 0 Uhr an diesem Tag, ${zone}.`,
  dateMissing: "Wähle den Tag, ab dem der Job wieder läuft.",
  datePast: "Wähle einen Tag nach heute.",
  reason: "Grund",
  reasonHint: "Deine Kollegen sehen ihn, und er steht im Audit-Protokoll.",
  reasonMissing: "Schreib kurz, warum.",
  effect:
    "Bis dahin starten Crons und automatische Wiederholungen den Job nicht, und es gibt keine Meldungen dazu. Ein laufender Lauf wird noch fertig.",
  catchUp: "Danach holt er Zeiträume nach, die inzwischen zu Ende gegangen sind.",
  failed: "Der Job konnte nicht pausiert werden",
  paused: (job, until) => (until === undefined ? `${job}: pausiert.` : `${job}: pausiert bis ${until}.`),
};

export const words: Readonly<Record<"en" | "de", typeof en>> = { en, de };
