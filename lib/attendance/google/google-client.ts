import { auth, calendar } from "googleapis/build/src/apis/calendar/index.js";
import { useProxy } from "../../network/proxy.ts";
import { type CalendarEvent, EVENT_FIELDS } from "./calendar-event.ts";
import type { ServiceAccount } from "./credentials.ts";
import { GoogleError } from "./google-errors.ts";

/** The one module that knows Google's client. It is loaded when a calendar is about to be read, and not before. */

export interface EventPageRequest {
  calendarId: string;
  /** Events that end after `from` and start before `to`. */
  from: Date;
  to: Date;
  pageToken: string | undefined;
}

export interface EventPage {
  /** What the calendar lets us see: `freeBusyReader` means no details at all. */
  accessRole: string;
  events: CalendarEvent[];
  nextPageToken: string | undefined;
}

export interface GoogleClient {
  /** Makes sure of an access token. @throws GoogleFault */
  signIn(): Promise<void>;
  /** Forgets the token, which Google takes no more. */
  signOut(): void;
  /** One page of events, deleted ones too, series as instances. @throws GoogleFault */
  list(request: EventPageRequest, timeoutMs: number, signal: AbortSignal): Promise<EventPage>;
}

const SCOPE = "https://www.googleapis.com/auth/calendar.events.readonly";
/** Where the client exchanges a signed assertion for a token, whatever the key file says. */
const GOOGLE_TOKEN_URI = "https://oauth2.googleapis.com/token";
const SIGN_IN_MS = 15_000;
const MOST_EVENTS = 2500;

/** Google Calendar as a service account sees it. Tries nothing twice: whoever asks counts each request (permit.ts). */
export function createGoogleClient({ email, privateKey, tokenUri }: ServiceAccount, apiUrl: string): GoogleClient {
  const proxy = useProxy();
  const faulty = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw error instanceof GoogleError ? error : faultOf(error, proxy);
    });
  const client = new auth.JWT({
    email,
    key: privateKey,
    scopes: [SCOPE],
    ...(tokenUri !== GOOGLE_TOKEN_URI && { additionalClaims: { aud: tokenUri } }),
    transporterOptions: {
      timeout: SIGN_IN_MS,
      retryConfig: { retry: 0, noResponseRetries: 0 },
      fetchImplementation: (input, init) =>
        fetch(String(input) === GOOGLE_TOKEN_URI ? tokenUri : (input as URL), init as RequestInit),
    },
  });
  const { events } = calendar({ version: "v3", auth: client, rootUrl: `${apiUrl}/` });
  return {
    signIn: () => faulty(async () => void (await client.getAccessToken())),
    signOut: () => client.setCredentials({ refresh_token: "jwt-placeholder", expiry_date: 1 }),
    list: ({ calendarId, from, to, pageToken }, timeout, signal) =>
      faulty(async () => {
        const query = {
          calendarId,
          timeMin: from.toISOString(),
          timeMax: to.toISOString(),
          singleEvents: true,
          showDeleted: true,
          maxResults: MOST_EVENTS,
          fields: EVENT_FIELDS,
          ...(pageToken !== undefined && { pageToken }),
        };
        const { data } = await events.list(query, { timeout, signal, retry: false });
        return pageOf(data);
      }),
  };
}

/** @throws GoogleFault for what is no answer of the API's. */
function pageOf(data: unknown): EventPage {
  const { accessRole, items, nextPageToken } = (typeof data === "object" && data !== null ? data : {}) as Partial<{
    accessRole: string;
    items: CalendarEvent[];
    nextPageToken: string;
  }>;
  const events = items ?? [];
  if (accessRole === undefined || !Array.isArray(events) || events.some(({ id }) => typeof id !== "string")) {
    throw new GoogleError({ message: "an answer that is none of the Calendar API's" });
  }
  return { accessRole, events, nextPageToken };
}

interface ClientError extends Error {
  code?: unknown;
  response?: { status: number; headers: Headers; data?: unknown };
}

/** What the client's error says, without its request: that holds the token. @param proxy Where one is, if there is any. */
function faultOf(error: unknown, proxy: string | undefined): GoogleError {
  const { message, code, response, cause } = error as ClientError;
  if (response === undefined) {
    const root = deepest(cause ?? error);
    const [, refusal] = /^Proxy response \((\d{3})\)/.exec(root.message) ?? [];
    if (refusal !== undefined) return refusalOf(Number(refusal), proxy);
    return new GoogleError({
      message: `${message}${root.code ? ` (${root.code})` : ""}${proxy === undefined ? "" : `, through the proxy ${proxy}`}`,
      timedOut: code === "TimeoutError",
    });
  }
  // Google refuses in JSON; a page comes from what stands between.
  const isPage = /^text\/html\b/i.test(response.headers.get("content-type") ?? "");
  if (response.status === 407 || (isPage && [401, 403, 451].includes(response.status))) {
    return refusalOf(response.status, proxy);
  }
  const { error: details, error_description: description } =
    ((typeof response.data === "object" ? response.data : null) as {
      error?: string | { message?: string; errors?: { reason?: string }[] };
      error_description?: string;
    }) ?? {};
  const reason = typeof details === "string" ? details : details?.errors?.[0]?.reason;
  const retryAfter = response.headers.get("retry-after");
  return new GoogleError({
    status: response.status,
    reason,
    message: typeof details === "object" ? (details.message ?? message) : (description ?? message),
    retryAfter: retryAfter ?? undefined,
  });
}

const refusalOf = (status: number, proxy: string | undefined): GoogleError =>
  new GoogleError({ status, refusedBy: proxy ?? "a proxy or a firewall", message: `refused with ${status}` });

function deepest(error: unknown): { code?: string; message: string } {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? deepest(cause) : (error as { code?: string; message: string });
}
