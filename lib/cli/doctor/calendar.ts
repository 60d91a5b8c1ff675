import { loadServiceAccount, type ServiceAccount } from "../../attendance/google/credentials.ts";
import type { GoogleClient } from "../../attendance/google/google-client.ts";
import { calendarError, freeBusyOnlyError, GoogleError, signInError } from "../../attendance/google/google-errors.ts";
import { config } from "../../config/config.ts";
import { describeError } from "../../errors.ts";
import { HOUR_MS } from "../../time/durations.ts";
import { fail, lacking, off, pass, type Result, warn } from "./finding.ts";

const LIST_MS = 8_000;
const REMEDY = "see docs/tracking.md, Setting up Google";

/** Checks that the key is valid, that Google accepts it, and that it can read each calendar (one request each). */
export async function checkCalendars(now: () => Date): Promise<Result[]> {
  const { calendarIds, credentials, apiUrl } = config().tracking;
  if (calendarIds.length === 0) {
    const missing = credentials === undefined ? off : warn; // credentials without calendars: one setting was forgotten
    return [missing("GOOGLE_CALENDAR_IDS is not set: attendance is not tracked", REMEDY)];
  }
  let account: ServiceAccount;
  try {
    account = loadServiceAccount();
  } catch (error) {
    return [lacking(...sentenceAndRemedy(error))];
  }
  const { createGoogleClient } = await import("../../attendance/google/google-client.ts");
  const google = createGoogleClient(account, apiUrl);
  try {
    await google.signIn();
  } catch (error) {
    return [fail(...sentenceAndRemedy(signInError(error as GoogleError)))];
  }
  return Promise.all(calendarIds.map((id) => checkCalendar(google, id, account.email, now())));
}

async function checkCalendar(google: GoogleClient, calendarId: string, email: string, now: Date): Promise<Result> {
  const range = { from: new Date(Number(now) - HOUR_MS), to: now };
  try {
    const page = await google.list(
      { calendarId, pageToken: undefined, ...range },
      LIST_MS,
      AbortSignal.timeout(LIST_MS),
    );
    if (page.accessRole === "freeBusyReader") return fail(...sentenceAndRemedy(freeBusyOnlyError(calendarId, email)));
    return pass(`calendar ${calendarId} can be read`);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return fail(...sentenceAndRemedy(calendarError(calendarId, error, email)));
  }
}

/** Errors about calendars contain their remedy after a semicolon. */
function sentenceAndRemedy(error: unknown): [says: string, remedy: string] {
  const [says = "", ...remedy] = describeError(error).message.split("; ");
  return [says, remedy.join("; ") || REMEDY];
}
