import { lookAtCalendars } from "./calendar.ts";
import { lookAtCrons } from "./crons.ts";
import { lookAtDatabase } from "./database.ts";
import { type Check, type Finding, findingsOf } from "./finding.ts";
import { lookAtJobs } from "./jobs.ts";
import { lookAtAddresses, lookAtSmtp } from "./mail.ts";
import { lookAtMigrationUrl } from "./migration-url.ts";
import { lookAtListeners, lookAtRateStore } from "./outside.ts";
import { lookAtBaseUrl, lookAtSecrets, lookAtSignIn, lookAtZones } from "./settings.ts";

/** All there is to check, in the order in which it is told. A new one is a line here and a function that looks. */
const CHECKS: readonly Check[] = [
  { name: "secrets", look: lookAtSecrets },
  { name: "sign-in", look: lookAtSignIn },
  { name: "base URL", look: lookAtBaseUrl },
  { name: "zones", look: lookAtZones },
  { name: "database", look: lookAtDatabase },
  { name: "migrations", look: lookAtMigrationUrl },
  { name: "crons", look: lookAtCrons },
  { name: "jobs", look: lookAtJobs },
  { name: "mail server", look: lookAtSmtp },
  { name: "addresses", look: lookAtAddresses },
  { name: "calendars", look: lookAtCalendars },
  { name: "rate limits", look: lookAtRateStore },
  { name: "listeners", look: lookAtListeners },
];

/** What all checks find by the configuration of this process, all at once, in their order. Changes nothing. */
export async function examine(now: () => Date): Promise<Finding[]> {
  return (await Promise.all(CHECKS.map((check) => findingsOf(check, now)))).flat();
}
