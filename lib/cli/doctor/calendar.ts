import { loadServiceAccount, type ServiceAccount } from "../../attendance/google/credentials.ts";
import type { GoogleClient } from "../../attendance/google/google-client.ts";
import { calendarError, freeBusyOnlyError, GoogleError, signInError } from "../../attendance/google/google-errors.ts";
import { config } from "../../config/config.ts";
import { describeError } from "../../errors.ts";
import { type Found, fail, lacking, off, pass, warn } from "./finding.ts";

const LIST_MS = 8_000;
const HOUR_MS = 3_600_000;

/** Whether the key is one, Google takes it, and each calendar can be read with it: one request each, over an hour. */
export async function lookAtCalendars(now: () => Date): Promise<Found[]> {
  const { calendarIds, credentials, apiUrl } = config().tracking;
  const remedy = "see docs/tracking.md, Setting up Google";
  if (calendarIds.length === 0) {
    const missing = credentials === undefined ? off : warn; // one of the two alone is a setting that was forgotten
    return [missing("GOOGLE_CALENDAR_IDS is not set: attendance is not tracked", remedy)];
  }
  let account: ServiceAccount;
  try {
    account = loadServiceAccount();
  } catch (error) {
    return [lacking(...parted(error))];
  }
  const { createGoogleClient } = await import("../../attendance/google/google-client.ts");
  const google = createGoogleClient(account, apiUrl);
  try {
    await google.signIn();
  } catch (error) {
    return [fail(...parted(signInError(error as GoogleError)))];
  }
  return Promise.all(calendarIds.map((id) => lookAt(google, id, account.email, now())));
}

async function lookAt(google: GoogleClient, calendarId: string, email: string, now: Date): Promise<Found> {
  const span = { from: new Date(Number(now) - HOUR_MS), to: now };
  try {
    const page = await google.list(
      { calendarId, pageToken: undefined, ...span },
      LIST_MS,
      AbortSignal.timeout(LIST_MS),
    );
    if (page.accessRole === "freeBusyReader") return fail(...parted(freeBusyOnlyError(calendarId, email)));
    return pass(`calendar ${calendarId} can be read`);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return fail(...parted(calendarError(calendarId, error, email)));
  }
}

/** These sentences have their remedy in them, behind the semicolon. */
function parted(error: unknown): [says: string, remedy: string] {
  const [says = "", ...remedy] = describeError(error).message.split("; ");
  return [says, remedy.join("; ") || "see docs/tracking.md, Setting up Google"];
}
