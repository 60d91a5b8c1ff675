import { commandOf } from "../runs/sentences/jobs.ts";
import type { Language } from "../runs/sentences/language.ts";

/** What an operator does about an incident, by the code that the API gives. */
export interface RemedyLink {
  label: string;
  href: string;
}

/**
 * The button that fixes an incident.
 * @param subject The part of the key after the colon: the job's name in the ledger.
 */
export function remedyLink(remedy: string, subject: string | null, language: Language): RemedyLink | undefined {
  const words = WORDS[language];
  const command = commandOf(subject);
  switch (remedy) {
    case "run-again":
      return command && { label: words.run, href: `/runs/${command}?dialog=run` };
    case "see-runs":
      return { label: words.seeRuns, href: "/runs?outcome=lost" };
    case "check-mail-server":
    case "see-mails":
      return { label: words.seeMails, href: "/mail" };
    case "see-attendance":
      return { label: words.seeAttendance, href: "/attendance" };
    case "read-days":
      return { label: words.readDays, href: "/runs/tracking?dialog=run" };
    case "process-events":
      return { label: words.processEvents, href: "/runs/site?dialog=run" };
    case "see-site":
      return { label: words.seeSite, href: "/site" };
    case "see-bookings":
      return { label: words.seeBookings, href: "/bookings" };
    default:
      return undefined;
  }
}

const en = {
  run: "Run again…",
  seeRuns: "See the runs",
  seeMails: "See the mails",
  seeAttendance: "See the attendance",
  readDays: "Read the days",
  processEvents: "Process the events",
  seeSite: "See the site events",
  seeBookings: "See the bookings",
};

const de: typeof en = {
  run: "Noch einmal starten …",
  seeRuns: "Läufe ansehen",
  seeMails: "Mails ansehen",
  seeAttendance: "Anwesenheit ansehen",
  readDays: "Tage einlesen",
  processEvents: "Ereignisse verarbeiten",
  seeSite: "Website-Ereignisse ansehen",
  seeBookings: "Termine ansehen",
};

const WORDS = { en, de };
