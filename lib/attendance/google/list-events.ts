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

/** Reading a calendar with patience: within the shared rate, again where that helps, from the beginning where it must be. */

/** What it takes to read: the run's clock and limits, and Google as a service account sees it. */
export interface CalendarReader {
  context: Pick<RunContext<Progress>, "lasting" | "time" | "timeLeft" | "signal" | "wait" | "log">;
  google: GoogleClient;
  /** The service account's address. */
  email: string;
  /** Ends this invocation, where its time is up. */
  layDown: () => Promise<never>;
  /** Requests made so far. */
  requests: number;
}

const MOST_TRIES = 6;
/** A server that wants to be left alone for longer is left to the next run. */
const PATIENCE_MS = 300_000;
const MOST_BEGINNINGS = 3;

/** Calendars that we may look into, but not at what is in them. */
const BLIND = new Set(["freeBusyReader", "none"]);

/**
 * All events of a calendar that end after `from` and start before `to`, page by page; a page may be empty. Where Google gives
 * up on a listing it begins anew, so that an event may come twice.
 * @throws AppError `calendar-unreadable` or `credentials`: which calendar, why, and what to do.
 */
export async function* listEvents(
  reader: CalendarReader,
  calendarId: string,
  from: Date,
  to: Date,
): AsyncGenerator<CalendarEvent[]> {
  let pageToken: string | undefined;
  for (let beginnings = 1; ; ) {
    const page = await ask(reader, { calendarId, from, to, pageToken }, beginnings < MOST_BEGINNINGS);
    if (page === "start-over") {
      beginnings += 1;
      pageToken = undefined;
      continue;
    }
    if (BLIND.has(page.accessRole)) throw freeBusyOnlyError(calendarId, reader.email);
    yield page.events;
    pageToken = page.nextPageToken;
    if (pageToken === undefined) return;
  }
}

async function ask(
  reader: CalendarReader,
  request: EventPageRequest,
  mayStartOver: boolean,
): Promise<EventPage | "start-over"> {
  const { context, google, email } = reader;
  let signedInAgain = false;
  for (let tried = 1; ; tried++) {
    await signIn(reader);
    const answer = await withinQuota(context, reader.layDown, () => {
      reader.requests += 1;
      const timeout = Math.min(REQUEST_TIMEOUT_MS, Math.max(1, context.timeLeft()));
      return google.list(request, timeout, context.signal).catch(asFault);
    });
    if (!(answer instanceof GoogleError)) return answer;
    context.log("warn", "calendar_fault", { ...toldOf(answer), calendarId: request.calendarId, tried });
    const remedy = chooseRetryAction(answer, request.pageToken);
    if (remedy === "start-over" && mayStartOver) return "start-over";
    const delay = retryDelayMs(answer, tried, Math.random(), context.time());
    if (remedy === "try-again" && tried < MOST_TRIES && delay <= PATIENCE_MS) {
      await context.wait(delay);
    } else if (remedy === "sign-in-again" && !signedInAgain) {
      signedInAgain = true;
      google.signOut();
    } else throw calendarError(request.calendarId, answer, email);
  }
}

const MOST_SIGN_INS = 3;

async function signIn({ context, google, layDown }: CalendarReader): Promise<void> {
  for (let tried = 1; ; tried++) {
    const fault = await google.signIn().catch(asFault);
    if (!(fault instanceof GoogleError)) return;
    context.log("warn", "calendar_sign_in_fault", { ...toldOf(fault), tried });
    if (chooseRetryAction(fault, undefined) !== "try-again" || tried === MOST_SIGN_INS) throw signInError(fault);
    if (context.timeLeft() <= 0 || context.signal.aborted) await layDown();
    await context.wait(retryDelayMs(fault, tried, Math.random(), context.time()));
  }
}

function asFault(error: unknown): GoogleError {
  if (error instanceof GoogleError) return error;
  throw error;
}

const toldOf = ({ status, reason, message }: GoogleError) => ({ status, reason, message });
