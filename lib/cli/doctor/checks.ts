import { checkCalendars } from "./calendar.ts";
import { checkCrons } from "./crons.ts";
import { checkDatabase } from "./database.ts";
import { type Check, type Finding, runCheck } from "./finding.ts";
import { checkJobs } from "./jobs.ts";
import { checkAddresses, checkSmtp } from "./mail.ts";
import { checkMigrationUrl } from "./migration-url.ts";
import { checkListeners, checkRateLimitStore } from "./outside.ts";
import { checkBaseUrl, checkSecrets, checkSignIn, checkZones } from "./settings.ts";

/** All checks in the order of the output. A new check is one line here and one function. */
const CHECKS: readonly Check[] = [
  { name: "secrets", run: checkSecrets },
  { name: "sign-in", run: checkSignIn },
  { name: "base URL", run: checkBaseUrl },
  { name: "zones", run: checkZones },
  { name: "database", run: checkDatabase },
  { name: "migrations", run: checkMigrationUrl },
  { name: "crons", run: checkCrons },
  { name: "jobs", run: checkJobs },
  { name: "mail server", run: checkSmtp },
  { name: "addresses", run: checkAddresses },
  { name: "calendars", run: checkCalendars },
  { name: "rate limits", run: checkRateLimitStore },
  { name: "listeners", run: checkListeners },
];

/** Runs all checks at once, with the configuration of this process. Changes nothing. */
export async function runChecks(now: () => Date): Promise<Finding[]> {
  return (await Promise.all(CHECKS.map((check) => runCheck(check, now)))).flat();
}
