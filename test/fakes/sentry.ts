import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** One item of an envelope that came in, with what it says of itself. */
export interface Item {
  type: string;
  body: Record<string, unknown>;
}

export interface Sentry {
  dsn: string;
  /** Everything that came, in its order. */
  items: Item[];
  /** The requests as they came: URL, headers and content. */
  raw: string[];
  events(): Record<string, unknown>[];
  checkIns(): Record<string, unknown>[];
}

/** A server that takes Sentry's envelopes, until the test is over; `respond` says how it answers. */
export async function sentryServer(
  respond: (response: ServerResponse) => void = (response) => void response.end("{}"),
): Promise<Sentry> {
  const items: Item[] = [];
  const raw: string[] = [];
  const server = createServer(async (request, response) => {
    const content = await text(request).catch(() => "");
    raw.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${content}`);
    items.push(...itemsOf(content));
    respond(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const of = (type: string) => items.filter((item) => item.type === type).map(({ body }) => body);
  const dsn = `http://a0a0a0planted0key0a0a0a0@127.0.0.1:${(server.address() as AddressInfo).port}/42`;
  return { dsn, items, raw, events: () => of("event"), checkIns: () => of("check_in") };
}

/** An envelope is lines of JSON: its header, then a header and a body for each item. */
function itemsOf(content: string): Item[] {
  const [, ...lines] = content.split("\n").filter(Boolean);
  return lines.flatMap((line, index) => {
    const body = lines[index + 1];
    if (index % 2 === 1 || body === undefined) return [];
    return [{ type: (JSON.parse(line) as { type: string }).type, body: JSON.parse(body) as Item["body"] }];
  });
}
