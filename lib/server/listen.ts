import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import compression from "compression";
import { callerBehind } from "../http/client-address.ts";
import type { Handler } from "../http/handler.ts";
import { inNetworks } from "../network/networks.ts";
import { answerClientErrors, failed } from "./client-errors.ts";

export interface Listening {
  url: string;
  /** Takes no further requests, and waits for those under way. */
  close(): Promise<void>;
}

/** A step before the handler: it responds, or calls `next`. */
export type Middleware = (incoming: IncomingMessage, outgoing: ServerResponse, next: (error?: unknown) => void) => void;

/** In milliseconds: how long a request may take to arrive; never how long its answer takes. */
export interface ArrivalLimits {
  headers: number;
  /** With its body. */
  request: number;
  /** How often the two are looked at. */
  check: number;
}

/** A slow client can hold a socket for 35 seconds at most. Node's default is 5 minutes. */
const ARRIVAL: ArrivalLimits = { headers: 15_000, request: 30_000, check: 5_000 };

export interface ListenOptions {
  /** Networks of proxies that `X-Forwarded-For` is believed of, beside this machine's own. */
  proxies?: readonly string[];
  /** Steps before the handler, in their order. */
  before?: readonly Middleware[];
  arrival?: ArrivalLimits;
}

/**
 * Serves HTTP requests with the address of each caller, and compresses responses for callers that accept it.
 * @param port 0 for any that is free.
 * @throws Error with a sentence if the port is in use.
 */
export async function listen(
  host: string,
  port: number,
  answer: Handler,
  { proxies = [], before = [], arrival = ARRIVAL }: ListenOptions = {},
): Promise<Listening> {
  const trusted = inNetworks(proxies);
  const handle = getRequestListener(answer, { errorHandler: failed });
  const steps = [compress, ...before];
  const timeouts = {
    headersTimeout: arrival.headers,
    requestTimeout: arrival.request,
    connectionsCheckingInterval: arrival.check,
  };
  const server = createServer(timeouts, (incoming, outgoing) => {
    nameCaller(incoming, trusted);
    const from = (at: number, error?: unknown): void => {
      const step = steps[at];
      if (error !== undefined) return void respond(failed(error), outgoing);
      if (step === undefined) return void handle(incoming, outgoing);
      step(incoming, outgoing, (problem) => from(at + 1, problem));
    };
    from(0);
  });
  answerClientErrors(server);
  await opened(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return { url: `http://${name.includes(":") ? `[${name}]` : name}:${bound}`, close: () => closed(server) };
}

/** From 1 KB on. A part of a file keeps its bytes. */
const compress = compression({
  filter: (request, response) => !response.hasHeader("Content-Range") && compression.filter(request, response),
}) as unknown as Middleware;

/** What a caller may say of addresses. It counts from trusted proxies only, and there only as `X-Forwarded-For`. */
const ADDRESSES = /^(x-real-ip|x-forwarded-for|forwarded|x-vercel-forwarded-for|x-vercel-proxied-for)$/i;

/** Puts the caller's address into `X-Real-IP`, and takes away everything else that names one. */
function nameCaller(incoming: IncomingMessage, trusted: (address: string) => boolean): void {
  const { headers, rawHeaders, socket } = incoming;
  const forwarded = headers["x-forwarded-for"]; // all lines of it, joined by commas
  const caller = callerBehind(socket.remoteAddress ?? "", String(forwarded ?? ""), trusted);
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (ADDRESSES.test(rawHeaders[at] ?? "")) rawHeaders.splice(at, 2);
  }
  for (const name of Object.keys(headers)) if (ADDRESSES.test(name)) delete headers[name]; // already read, see above
  rawHeaders.push("X-Real-IP", caller);
  headers["x-real-ip"] = caller;
}

/** Sends an answer outside the handler. */
async function respond(response: Response, outgoing: ServerResponse): Promise<void> {
  if (outgoing.headersSent) return void outgoing.destroy();
  const body = await response.text();
  const headers = { ...Object.fromEntries(response.headers), "content-length": Buffer.byteLength(body) };
  outgoing.writeHead(response.status, headers).end(body);
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new Error(`PORT: expected a free port, got ${port}, which is taken`) : error);
    });
    server.listen(port, host, resolve);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections(); // kept open by clients that ask for nothing
  });
}
