import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface TrackedEvent {
  event_id: string;
  event_type: string;
  page_url: string;
  session_id: string;
  occurred_at: string;
  referrer?: string;
  event_data: Record<string, unknown>;
}

/** A received request with events. */
export interface Delivery {
  path: string;
  headers: IncomingMessage["headers"];
  text: string;
  customer_id: string;
  key: string;
  sent_at: string;
  events: TrackedEvent[];
  /** The status of the response. */
  status: number;
}

/** A status, optionally with headers; or the connection is cut. */
export type Answer = { status: number; headers?: Record<string, string> } | "cut";

/** Imitates the API on its own origin: records the requests of browsers and answers as configured. */
export interface Collector {
  url: string;
  /** Method and path of all requests, in order. */
  asked: string[];
  answer: (delivery: Delivery) => Answer;
  deliveries(customer: string): Delivery[];
  /** The events of accepted requests, each as often as it arrived. */
  accepted(customer: string): TrackedEvent[];
  /** Stops listening until `listen`, so that connections are refused. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  /** Other files that it serves, by path: body and type. */
  files: Record<string, [string, string]>;
}

export async function openCollector(): Promise<Collector> {
  const received: Delivery[] = [];
  const server = createServer((request, response) => handle(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const collector: Collector = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    answer: () => ({ status: 200 }),
    deliveries: (customer) => received.filter(({ customer_id: id }) => id === customer),
    accepted: (customer) =>
      collector.deliveries(customer).flatMap(({ status, events }) => (status >= 200 && status < 300 ? events : [])),
    async refuse() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async listen() {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    files: {},
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    collector.asked.push(`${request.method} ${path}`);
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("Access-Control-Expose-Headers", "retry-after");
    if (request.method === "OPTIONS") {
      response.setHeader("Access-Control-Allow-Headers", "authorization, x-customer-id");
      return void response.writeHead(204).end();
    }
    const file = collector.files[path];
    if (file !== undefined) return void response.setHeader("Content-Type", file[1]).end(file[0]);
    const delivery = deliveryOf(path, request, await text(request));
    const answer = delivery === undefined ? { status: 404 } : collector.answer(delivery);
    if (delivery !== undefined) received.push(delivery);
    if (answer === "cut") return void request.socket.destroy();
    if (delivery !== undefined) delivery.status = answer.status;
    response.writeHead(answer.status, { ...answer.headers, "Content-Type": "application/json" }).end("{}");
  }
  return collector;
}

function deliveryOf(path: string, { method, headers }: IncomingMessage, body: string): Delivery | undefined {
  if (method !== "POST" || !/^\/api\/v1\/track(\/async)?$/.test(path)) return undefined;
  return {
    ...(JSON.parse(body) as Omit<Delivery, "path" | "headers" | "text" | "status">),
    path,
    headers,
    text: body,
    status: 0,
  };
}
