import { describeFault } from "../runs/sentences/errors.ts";
import { commandOf, jobWords } from "../runs/sentences/jobs.ts";
import { ENGLISH, GERMAN, type Language, sentenceCase } from "../runs/sentences/language.ts";

/** What is known of an incident: the fields that all answers about incidents share. */
export interface IncidentFacts {
  key: string;
  /** In English, for incidents without words of their own. */
  title: string;
  details: Record<string, unknown>;
  /** Set once it is over. */
  closedAt?: string | null;
}

export interface IncidentWords {
  /** What is wrong, as a sentence. */
  what: string;
  /** What is affected, and what helps. */
  more: string | undefined;
}

/** Says what an incident is about. */
export function describeIncident(
  { key, title, details, closedAt = null }: IncidentFacts,
  language: Language,
): IncidentWords {
  const words = WORDS[language];
  const [kind, subject] = key.split(/:(.*)/s);
  const command = commandOf(subject);
  if (kind === "failed" && command !== undefined) {
    const { inSentence } = jobWords(command, language);
    const error = errorOf(details);
    const fault = error && describeFault(error, language);
    return { what: sentenceCase(words.failed(inSentence)), more: fault && `${fault.what} ${fault.remedy}` };
  }
  if (kind === "overdue" && command !== undefined) {
    const { inSentence } = jobWords(command, language);
    const what = closedAt === null ? words.overdue(inSentence) : words.wasOverdue(inSentence);
    return { what: sentenceCase(what), more: closedAt === null ? words.overdueMore : undefined };
  }
  const past = closedAt === null ? undefined : words.past[key];
  if (past !== undefined) return { what: past, more: undefined };
  const known = words.known[key];
  if (known === undefined) return { what: sentenceCase(title), more: undefined };
  // Titles of counted incidents begin with the number.
  return known(Number.parseInt(title, 10) || 0, details);
}

/** The error of the newest failed run: `code: message`. */
function errorOf(details: Record<string, unknown>): { code: string; message: string } | undefined {
  const [newest] = Array.isArray(details.runs) ? details.runs : [];
  const text = typeof newest?.error === "string" ? newest.error : undefined;
  const parts = text === undefined ? null : /^([^:\s]+): (.*)$/s.exec(text);
  return parts === null ? undefined : { code: parts[1] ?? "", message: parts[2] ?? "" };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

interface Words {
  failed(job: string): string;
  overdue(job: string): string;
  wasOverdue(job: string): string;
  overdueMore: string;
  /** What was wrong, for incidents that are over. */
  past: Record<string, string>;
  known: Record<string, (count: number, details: Record<string, unknown>) => IncidentWords>;
}

const en: Words = {
  failed: (job) => `${job} failed.`,
  overdue: (job) => `${job} is overdue.`,
  wasOverdue: (job) => `${job} was overdue.`,
  past: {
    "mail:unreachable": "The mail server could not be reached.",
    "mail:stalled": "Mail was due, but none was sent for an hour.",
    "site:lag": "Site events waited for more than an hour.",
  },
  overdueMore: "Its cron did not fire in time. Check that the platform still calls the crons, or run it by hand.",
  known: {
    "stuck-runs": (count) => ({
      what: `${ENGLISH.count(count, "run was", "runs were")} stuck.`,
      more: "The process stopped without a sign. The runs are tried again by themselves.",
    }),
    "mail:delivery-unknown": (count) => ({
      what: `${ENGLISH.count(count, "mail", "mails")} may or may not have been delivered.`,
      more: "The connection broke off while sending. Look into the mail server’s log before you send them again.",
    }),
    "mail:given-up": (count, { lastError }) => ({
      what: `${ENGLISH.count(count, "mail was", "mails were")} given up after all retries.`,
      more: textOf(lastError) === "" ? undefined : `The last answer of the mail server: ${textOf(lastError)}`,
    }),
    "mail:unreachable": () => ({
      what: "The mail server cannot be reached.",
      more: "No mail is lost: all of them wait until the server is back.",
    }),
    "mail:stalled": () => ({
      what: "Mail is due, but none has been sent for an hour.",
      more: "Check the mail dispatch and the mail server.",
    }),
    "attendance:no-shows": (_count, { rate, missed }) => ({
      what: `Customers missed ${textOf(rate).replace(" %", "%")} of the appointments of seven days.`,
      more: textOf(missed) === "" ? undefined : `${sentenceCase(textOf(missed))} were missed.`,
    }),
    "attendance:out-of-reach": (count, { days }) => ({
      what: `The attendance of ${ENGLISH.count(count, "day is", "days are")} not final.`,
      more: `The daily sync no longer reaches ${textOf(days)}. Run it for these days by hand.`,
    }),
    "site:lag": () => ({
      what: "Site events have been waiting for more than an hour.",
      more: "Process them by hand; the result says what stops them.",
    }),
    "site:processing-error": (count) => ({
      what: `${ENGLISH.count(count, "site event", "site events")} could not be processed.`,
      more: "Correct the cause, then try the refused events again.",
    }),
  },
};

const de: Words = {
  failed: (job) => `${job} ist fehlgeschlagen.`,
  overdue: (job) => `${job} ist überfällig.`,
  wasOverdue: (job) => `${job} war überfällig.`,
  past: {
    "mail:unreachable": "Der Mailserver war nicht erreichbar.",
    "mail:stalled": "Mails waren fällig, aber eine Stunde lang ging keine raus.",
    "site:lag": "Website-Ereignisse warteten über eine Stunde.",
  },
  overdueMore:
    "Der Cron kam nicht rechtzeitig. Prüfe, ob die Plattform die Crons noch aufruft, oder starte den Job von Hand.",
  known: {
    "stuck-runs": (count) => ({
      what: `${GERMAN.count(count, "Lauf ist", "Läufe sind")} hängen geblieben.`,
      more: "Der Prozess ist ohne Meldung ausgefallen. Die Läufe werden von selbst wiederholt.",
    }),
    "mail:delivery-unknown": (count) => ({
      what: `Bei ${GERMAN.count(count, "Mail", "Mails")} ist unklar, ob sie angekommen ${count === 1 ? "ist" : "sind"}.`,
      more: "Beim Senden ist die Verbindung abgebrochen. Sieh ins Protokoll des Mailservers, bevor du sie noch einmal verschickst.",
    }),
    "mail:given-up": (count, { lastError }) => ({
      what: `${GERMAN.count(count, "Mail ist", "Mails sind")} nach allen Versuchen gescheitert.`,
      more: textOf(lastError) === "" ? undefined : `Die letzte Antwort des Mailservers: ${textOf(lastError)}`,
    }),
    "mail:unreachable": () => ({
      what: "Der Mailserver ist nicht erreichbar.",
      more: "Es geht keine Mail verloren: Alle warten, bis der Server wieder da ist.",
    }),
    "mail:stalled": () => ({
      what: "Mails sind fällig, aber seit einer Stunde ging keine raus.",
      more: "Prüfe den Mailversand und den Mailserver.",
    }),
    "attendance:no-shows": (_count, { rate, missed }) => ({
      what: `In sieben Tagen sind ${textOf(rate).replace(".", ",")} der Termine geplatzt.`,
      more:
        textOf(missed) === ""
          ? undefined
          : `Das sind ${textOf(missed).replace(" of ", " von ").replace("appointments", "Terminen")}.`,
    }),
    "attendance:out-of-reach": (count, { days }) => ({
      what: `Die Anwesenheit von ${GERMAN.count(count, "Tag", "Tagen")} ist nicht endgültig.`,
      more: `Der tägliche Abgleich erreicht ${textOf(days).replace(" to ", " bis ")} nicht mehr. Starte ihn dafür von Hand.`,
    }),
    "site:lag": () => ({
      what: "Website-Ereignisse warten seit über einer Stunde.",
      more: "Verarbeite sie von Hand; das Ergebnis zeigt, woran es liegt.",
    }),
    "site:processing-error": (count) => ({
      what: `${GERMAN.count(count, "Website-Ereignis konnte", "Website-Ereignisse konnten")} nicht verarbeitet werden.`,
      more: "Behebe die Ursache und versuche die abgelehnten Ereignisse dann noch einmal.",
    }),
  },
};

const WORDS: Record<Language, Words> = { en, de };
