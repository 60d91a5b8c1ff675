import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { type ApiOptions, createGoogleApi } from "../../dev/google/google-api.ts";
import { BERLIN, type CalendarWorld, sharedServiceAccount, sourceOf } from "../worlds/google-source.ts";
import { type FaultScript, nextFault, respondWithFault } from "./google-faults.ts";

/** A request that the server received. */
export interface RecordedRequest {
  kind: "token" | "list" | "event";
  method: string;
  path: string;
  query: URLSearchParams;
  /** The time of the request on the calendars' clock. */
  at: Date;
}

export interface GoogleServer extends CalendarWorld {
  /** Its origin, the `rootUrl` of the API. */
  url: string;
  tokenUri: string;
  /** The service account's address, its key file as base64 JSON, and its public key. */
  account: string;
  credentials: string;
  publicKey: string;
  /** All requests in order, with those that failed. */
  requests: RecordedRequest[];
  /** The requests of `events.list`. */
  lists(): RecordedRequest[];
  /** The faults of list requests and of token requests. A test may replace them. */
  onList: FaultScript<RecordedRequest>;
  onToken: FaultScript<RecordedRequest>;
  close(): Promise<void>;
}

/** `pageSizes: [0, 2]` is an empty page and a short one. */
export interface GoogleOptions extends Partial<CalendarWorld>, ApiOptions {
  onList?: FaultScript<RecordedRequest>;
  onToken?: FaultScript<RecordedRequest>;
  /** The origin for clients that reach the server through a proxy. */
  origin?: string;
}

/** Starts a Google Calendar on loopback and closes it after the test. */
export async function googleServer(options: GoogleOptions = {}): Promise<GoogleServer> {
  const google = await startGoogle(options);
  onTestFinished(google.close);
  return google;
}

/** Starts a Google Calendar on loopback for several tests. The caller closes it. */
export async function startGoogle({
  pageSizes = [],
  clock = () => new Date(),
  origin,
  ...options
}: GoogleOptions = {}): Promise<GoogleServer> {
  const account = await sharedServiceAccount();
  const counts = { token: 0, list: 0, event: 0 };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy()); // tests let clients hang up
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const google: GoogleServer = {
    calendars: { "team@club.example": [] },
    roles: {},
    timeZone: BERLIN,
    now: () => new Date(),
    onList: [],
    onToken: [],
    ...options,
    url,
    tokenUri: `${origin ?? url}/token`,
    account: account.email,
    credentials: account.credentials(`${origin ?? url}/token`),
    publicKey: account.publicKey,
    requests: [],
    lists: () => google.requests.filter(({ kind }) => kind === "list"),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const usual = createGoogleApi(sourceOf(google, account), { pageSizes, clock });
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await webRequest(incoming, origin ?? url);
    const recorded = recordRequest(request, google.now());
    google.requests.push(recorded);
    counts[recorded.kind] += 1;
    const script = { token: google.onToken, list: google.onList, event: [] }[recorded.kind];
    await respondWithFault(await nextFault(script, recorded, counts[recorded.kind]), request, usual, response);
  };
  return google;
}

function recordRequest({ method, url }: Request, at: Date): RecordedRequest {
  const { pathname: path, searchParams: query } = new URL(url);
  const kind = path.endsWith("/token") ? "token" : path.endsWith("/events") ? "list" : "event";
  return { kind, method, path, query, at };
}

async function webRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const body = await buffer(incoming);
  const init = { method: incoming.method ?? "GET", headers };
  return new Request(`${origin}${incoming.url}`, body.length === 0 ? init : { ...init, body });
}
