import type { Progress, RunContext } from "../../jobs/job.ts";
import type { CalendarEvent } from "./calendar-event.ts";
import type { EventPage, EventPageRequest, GoogleClient } from "./google-client.ts";
import {
  calendarError,
  chooseRetryAction,
  freeBusyOnlyError,
  GoogleError,
  retryDelayMs,
  signInError,
} from "./google-errors.ts";
import { REQUEST_TIMEOUT_MS, withinQuota } from "./google-quota.ts";

/** Lists the events of a calendar: within the quota, with retries, and from the first page again where Google demands it. */

/** What a listing needs: the run's clock and limits, and the client. */
export interface CalendarReader {
  context: Pick<RunContext<Progress>, "lasting" | "time" | "timeLeft" | "signal" | "wait" | "log">;
  google: GoogleClient;
  /** The service account's address. */
  email: string;
  /** Ends this invocation when its time is up. */
  pauseRun: () => Promise<never>;
  /** How many requests for events were made so far. */
  requests: number;
}

const MAX_ATTEMPTS = 6;
/** If a server asks for a longer delay, the next run tries again. */
const MAX_DELAY_MS = 300_000;
const MAX_LISTINGS = 3;

const ROLES_WITHOUT_DETAILS = new Set(["freeBusyReader", "none"]);

/**
 * Yields all events of a calendar that end after `from` and start before `to`, page by page. A page may be empty. If Google
 * breaks off a listing, it starts again, so an event may come twice.
 * @throws AppError `calendar-unreadable` or `credentials`: which calendar, why, and what to do.
 */
export async function* listEvents(
  reader: CalendarReader,
  calendarId: string,
  from: Date,
  to: Date,
): AsyncGenerator<CalendarEvent[]> {
  let pageToken: string | undefined;
  for (let listings = 1; ; ) {
    const page = await requestPage(reader, { calendarId, from, to, pageToken }, listings < MAX_LISTINGS);
    if (page === "restart") {
      listings += 1;
      pageToken = undefined;
      continue;
    }
    if (ROLES_WITHOUT_DETAILS.has(page.accessRole)) throw freeBusyOnlyError(calendarId, reader.email);
    yield page.events;
    pageToken = page.nextPageToken;
    if (pageToken === undefined) return;
  }
}

async function requestPage(
  reader: CalendarReader,
  request: EventPageRequest,
  mayRestart: boolean,
): Promise<EventPage | "restart"> {
  const { context, google, email } = reader;
  let signedInAgain = false;
  for (let attempt = 1; ; attempt++) {
    await signIn(reader);
    const page = await withinQuota(context, reader.pauseRun, () => {
      reader.requests += 1;
      const timeout = Math.min(REQUEST_TIMEOUT_MS, Math.max(1, context.timeLeft()));
      return google.list(request, timeout, context.signal).catch(returnGoogleError);
    });
    if (!(page instanceof GoogleError)) return page;
    context.log("warn", "calendar_fault", { ...logFields(page), calendarId: request.calendarId, tried: attempt });
    const action = chooseRetryAction(page, request.pageToken);
    if (action === "restart" && mayRestart) return "restart";
    const delay = retryDelayMs(page, attempt, Math.random(), context.time());
    if (action === "retry" && attempt < MAX_ATTEMPTS && delay <= MAX_DELAY_MS) {
      await context.wait(delay);
    } else if (action === "sign-in" && !signedInAgain) {
      signedInAgain = true;
      google.signOut();
    } else throw calendarError(request.calendarId, page, email);
  }
}

const MAX_SIGN_INS = 3;

async function signIn({ context, google, pauseRun }: CalendarReader): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const error = await google.signIn().catch(returnGoogleError);
    if (!(error instanceof GoogleError)) return;
    context.log("warn", "calendar_sign_in_fault", { ...logFields(error), tried: attempt });
    if (chooseRetryAction(error, undefined) !== "retry" || attempt === MAX_SIGN_INS) throw signInError(error);
    if (context.timeLeft() <= 0 || context.signal.aborted) await pauseRun();
    await context.wait(retryDelayMs(error, attempt, Math.random(), context.time()));
  }
}

function returnGoogleError(error: unknown): GoogleError {
  if (error instanceof GoogleError) return error;
  throw error;
}

const logFields = ({ status, reason, message }: GoogleError) => ({ status, reason, message });
