import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A website on `localhost` whose only page can be changed. */
export interface Shop {
  url: string;
  /** Sets the body of the page and its additional headers. */
  show(html: string, headers?: Record<string, string>): void;
  close(): void;
}

export async function openShop(): Promise<Shop> {
  let body = "";
  let headers: Record<string, string> = {};
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(`<!doctype html><title>shop</title><link rel="icon" href="data:,">${body}`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    show(html, more = {}) {
      body = html;
      headers = more;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
