import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Handler } from "../http/respond.ts";
import { inNetworks } from "../networks.ts";

export interface Listening {
  url: string;
  /** Takes no further requests, and waits for those under way. */
  close(): Promise<void>;
}

/**
 * Answers HTTP requests, each under the address that it comes from.
 * @param port 0 for any that is free.
 * @param proxies Networks whose word on that address counts, beside this machine's own.
 * @throws Error with a sentence, where the port is taken.
 */
export async function listen(
  host: string,
  port: number,
  answer: Handler,
  proxies: readonly string[] = [],
): Promise<Listening> {
  const trusted = inNetworks(proxies);
  const listener = getRequestListener(answer);
  const server = createServer((incoming, outgoing) => {
    nameCaller(incoming, trusted);
    void listener(incoming, outgoing);
  });
  await opened(server, host, port);
  const { port: bound } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return { url: `http://${name.includes(":") ? `[${name}]` : name}:${bound}`, close: () => closed(server) };
}

/** Who is not a proxy of ours says nothing about the caller's address: it is where the request comes from. */
function nameCaller(incoming: IncomingMessage, trusted: (address: string) => boolean): void {
  const peer = incoming.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
  const { headers, rawHeaders } = incoming;
  if (trusted(peer) && (headers["x-real-ip"] ?? headers["x-forwarded-for"]) !== undefined) return;
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (/^x-(real-ip|forwarded-for)$/i.test(rawHeaders[at] ?? "")) rawHeaders.splice(at, 2);
  }
  rawHeaders.push("X-Real-IP", peer);
  delete headers["x-forwarded-for"]; // the same once more, already read
  headers["x-real-ip"] = peer;
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
