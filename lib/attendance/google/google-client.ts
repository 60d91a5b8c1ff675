import { auth, calendar } from "googleapis/build/src/apis/calendar/index.js";
import { useProxy } from "../../network/proxy.ts";
import { type CalendarEvent, EVENT_FIELDS } from "./calendar-event.ts";
import type { ServiceAccount } from "./credentials.ts";
import { GoogleError } from "./google-errors.ts";

/** The only module that uses Google's client library. Import it lazily: it is large, and only a sync needs it. */

export interface EventPageRequest {
  calendarId: string;
  /** Selects events that end after `from` and start before `to`. */
  from: Date;
  to: Date;
  pageToken: string | undefined;
}

export interface EventPage {
  /** The account's access to the calendar. `freeBusyReader` sees no details. */
  accessRole: string;
  events: CalendarEvent[];
  nextPageToken: string | undefined;
}

export interface GoogleClient {
  /** Fetches an access token unless there is a valid one. @throws GoogleError */
  signIn(): Promise<void>;
  /** Forgets the access token, after Google has refused it. */
  signOut(): void;
  /** Fetches one page of events: deleted events too, and the instances of a series one by one. @throws GoogleError */
  list(request: EventPageRequest, timeoutMs: number, signal: AbortSignal): Promise<EventPage>;
}

const SCOPE = "https://www.googleapis.com/auth/calendar.events.readonly";
/** The client library always uses this URL and ignores the one in the key file. */
const GOOGLE_TOKEN_URI = "https://oauth2.googleapis.com/token";
const SIGN_IN_TIMEOUT_MS = 15_000;
const MAX_EVENTS_PER_PAGE = 2500;

/**
 * Creates a client for Google Calendar. It never retries, because the caller counts every request (google-quota.ts).
 * @param apiUrl The API's origin (`GOOGLE_CALENDAR_URL`).
 */
export function createGoogleClient({ email, privateKey, tokenUri }: ServiceAccount, apiUrl: string): GoogleClient {
  const proxy = useProxy();
  const withGoogleErrors = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw error instanceof GoogleError ? error : toGoogleError(error, proxy);
    });
  const client = new auth.JWT({
    email,
    key: privateKey,
    scopes: [SCOPE],
    ...(tokenUri !== GOOGLE_TOKEN_URI && { additionalClaims: { aud: tokenUri } }),
    transporterOptions: {
      timeout: SIGN_IN_TIMEOUT_MS,
      retryConfig: { retry: 0, noResponseRetries: 0 },
      fetchImplementation: (input, init) =>
        fetch(String(input) === GOOGLE_TOKEN_URI ? tokenUri : (input as URL), init as RequestInit),
    },
  });
  const { events } = calendar({ version: "v3", auth: client, rootUrl: `${apiUrl}/` });
  return {
    signIn: () => withGoogleErrors(async () => void (await client.getAccessToken())),
    signOut: () => client.setCredentials({ refresh_token: "jwt-placeholder", expiry_date: 1 }),
    list: ({ calendarId, from, to, pageToken }, timeout, signal) =>
      withGoogleErrors(async () => {
        const query = {
          calendarId,
          timeMin: from.toISOString(),
          timeMax: to.toISOString(),
          singleEvents: true,
          showDeleted: true,
          maxResults: MAX_EVENTS_PER_PAGE,
          fields: EVENT_FIELDS,
          ...(pageToken !== undefined && { pageToken }),
        };
        const { data } = await events.list(query, { timeout, signal, retry: false });
        return parsePage(data);
      }),
  };
}

/** @throws GoogleError for an answer that does not come from the Calendar API. */
function parsePage(data: unknown): EventPage {
  const { accessRole, items, nextPageToken } = (typeof data === "object" && data !== null ? data : {}) as Partial<{
    accessRole: string;
    items: CalendarEvent[];
    nextPageToken: string;
  }>;
  const events = items ?? [];
  if (accessRole === undefined || !Array.isArray(events) || events.some(({ id }) => typeof id !== "string")) {
    throw new GoogleError({ message: "an answer that does not come from the Calendar API" });
  }
  return { accessRole, events, nextPageToken };
}

interface ClientError extends Error {
  code?: unknown;
  response?: { status: number; headers: Headers; data?: unknown };
}

/** Converts the library's error. Drops the request, because it contains the access token. @param proxy The proxy's URL. */
function toGoogleError(error: unknown, proxy: string | undefined): GoogleError {
  const { message, code, response, cause } = error as ClientError;
  if (response === undefined) {
    const root = rootCause(cause ?? error);
    const [, proxyStatus] = /^Proxy response \((\d{3})\)/.exec(root.message) ?? [];
    if (proxyStatus !== undefined) return proxyError(Number(proxyStatus), proxy);
    return new GoogleError({
      message: `${message}${root.code ? ` (${root.code})` : ""}${proxy === undefined ? "" : `, through the proxy ${proxy}`}`,
      timedOut: code === "TimeoutError",
    });
  }
  // Google refuses with JSON. An HTML page comes from a proxy or a firewall.
  const isPage = /^text\/html\b/i.test(response.headers.get("content-type") ?? "");
  if (response.status === 407 || (isPage && [401, 403, 451].includes(response.status))) {
    return proxyError(response.status, proxy);
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

const proxyError = (status: number, proxy: string | undefined): GoogleError =>
  new GoogleError({ status, refusedBy: proxy ?? "a proxy or a firewall", message: `refused with ${status}` });

function rootCause(error: unknown): { code?: string; message: string } {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? rootCause(cause) : (error as { code?: string; message: string });
}
