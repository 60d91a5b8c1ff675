import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { buildTracker } from "../../scripts/tracker.ts";
import { openBrowser } from "../support/browser.ts";
import { type Collector, openCollector } from "./tracker-collector.ts";

/** The content of a customer's pages. */
export interface Content {
  head?: string;
  body?: string;
  /** Attributes of the script's tag beside `src`, `data-customer-id` and `data-key`. */
  attributes?: string;
  /** Replaces the script tag. */
  scripts?: string;
  headers?: Record<string, string>;
}

/** Pages with the tracker, on another origin than the collector's. Each test has its own customer. */
export interface TrackedSite {
  collector: Collector;
  browser: BrowserContext;
  url: string;
  /** Errors and warnings of the pages, except the browser's own messages about failed requests. */
  problems: string[];
  /** Everything logged by pages since the customer was added. */
  console: string[];
  /** Adds a customer. @returns its id; all paths below `/<id>/` are its pages. */
  customer(content?: Content): string;
  newPage(): Promise<Page>;
  /** Opens a new page at a path of the customer. */
  open(customer: string, path?: string): Promise<Page>;
  /** Waits until the accepted events have these types, sorted, each event counted once. */
  expectTypes(customer: string, types: string[]): Promise<void>;
  close(): Promise<void>;
}

const OF_THE_BROWSER = /Failed to load resource|Content Security Policy|net::ERR_|CORS policy/;

export async function openTrackedSite(): Promise<TrackedSite> {
  const { script, module } = await buildTracker();
  const collector = await openCollector();
  collector.files["/tracker.js"] = [script, "text/javascript"];
  const contents = new Map<string, Content>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://site.example");
    if (pathname === "/tracker.js") return void response.setHeader("Content-Type", "text/javascript").end(script);
    if (pathname === "/tracker.mjs") return void response.setHeader("Content-Type", "text/javascript").end(module);
    const customer = pathname.split("/")[1] ?? "";
    const content = contents.get(customer);
    if (content === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...content.headers });
    response.end(pageOf(customer, content, collector.url));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const browser = await openBrowser();

  const site: TrackedSite = {
    collector,
    browser,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    problems: [],
    console: [],
    customer(content = {}) {
      const id = `shop-${contents.size}`;
      contents.set(id, content);
      return id;
    },
    async newPage() {
      const page = await browser.newPage();
      page.setDefaultTimeout(10_000);
      page.on("pageerror", (error) => site.problems.push(String(error)));
      page.on("console", (message) => {
        site.console.push(message.text());
        const serious = ["error", "warning"].includes(message.type());
        if (serious && !OF_THE_BROWSER.test(message.text())) site.problems.push(message.text());
      });
      return page;
    },
    async open(customer, path = "") {
      const page = await site.newPage();
      await page.goto(`${site.url}/${customer}/${path}`);
      return page;
    },
    async expectTypes(customer, types) {
      const once = () => new Map(collector.accepted(customer).map((event) => [event.event_id, event.event_type]));
      await expect.poll(() => [...once().values()].sort(), { timeout: 15_000 }).toEqual([...types].sort());
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await collector.refuse();
    },
  };
  return site;
}

function pageOf(customer: string, content: Content, api: string): string {
  const { head = "", body = "", attributes = `data-api="${api}"` } = content;
  const tag = `<script defer src="/tracker.js" data-customer-id="${customer}" data-key="twk_pub_test" ${attributes}></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${customer}</title>
<link rel="icon" href="data:,">${head}${content.scripts ?? tag}</head><body>${body}</body></html>`;
}

/** Sends the waiting events and waits for requests in flight. */
export const flush = (page: Page): Promise<void> => page.evaluate("OneVaultTracker.instance.flush()");
