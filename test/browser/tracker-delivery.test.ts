import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../fakes/tracker-collector.ts";
import { flush, openTrackedSite, type TrackedSite } from "../fakes/tracker-site.ts";

/** How events reach the server, also after failures. */

const SOON = { timeout: 8000 };

describe("the tracker's deliveries", () => {
  let site: TrackedSite;
  beforeAll(async () => {
    site = await openTrackedSite();
  });
  afterAll(() => site.close());
  beforeEach(() => {
    site.collector.answer = () => ({ status: 200 });
  });
  afterEach(async () => {
    for (const page of site.browser.pages()) await page.close();
    expect(site.problems.splice(0)).toEqual([]);
  });

  const track = (page: Page, type: string, times = 1) =>
    page.evaluate(`for (let n = 0; n < ${times}; n++) OneVaultTracker.instance.trackEvent("${type}", { n })`);
  const stored = (page: Page, customer: string) =>
    page.evaluate(`Object.keys(localStorage).filter((name) => name.startsWith("ov:${customer}:")).length`);
  const sizes = (deliveries: Delivery[]) => deliveries.map(({ events }) => events.length);
  /** Opens a page whose page view gets this response. */
  const refusing = async (status: number) => {
    const shop = site.customer();
    const before = site.collector.answer;
    const answer = (next: number) => {
      status = next;
    };
    site.collector.answer = (delivery) => (delivery.customer_id === shop ? { status } : before(delivery));
    const page = await site.open(shop);
    await flush(page);
    await expect.poll(() => site.collector.deliveries(shop).length, SOON).toBeGreaterThan(0);
    return { shop, page, answer };
  };
  /** Sets the responses of the first requests. */
  const first = (...statuses: (number | "cut")[]) => {
    site.collector.answer = () => {
      const status = statuses.shift() ?? 200;
      return status === "cut" ? status : { status };
    };
  };

  it("collects events for a second and removes them once accepted", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    await track(page, "a", 3);
    expect(await stored(page, shop)).toBe(4);
    await site.expectTypes(shop, ["page_view", "a", "a", "a"]);
    const [delivery, ...others] = site.collector.deliveries(shop);
    expect(others).toEqual([]);
    const [first] = delivery?.events ?? [];
    expect(Date.parse(delivery?.sent_at ?? "") - Date.parse(first?.occurred_at ?? "")).toBeGreaterThanOrEqual(999);
    await expect.poll(() => stored(page, shop), SOON).toBe(0);
  });

  it("sends immediately after 20 events", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    await track(page, "a", 19);
    await expect.poll(() => sizes(site.collector.deliveries(shop)), { timeout: 800 }).toEqual([20]);
  });

  it("sends at most 50 events and 60,000 bytes per request", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    first(500);
    await track(page, "many", 90);
    await page.evaluate(
      `for (let n = 0; n < 3; n++) OneVaultTracker.instance.trackEvent("large", { n, text: "ü".repeat(14_000) })`,
    );
    await site.expectTypes(shop, ["page_view", ...Array(90).fill("many"), ...Array(3).fill("large")]);
    for (const { events, text } of site.collector.deliveries(shop)) {
      expect(events.length).toBeLessThanOrEqual(50);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    }
  });

  it.each([
    ["is closed", (page: Page) => page.close({ runBeforeUnload: false })],
    ["goes elsewhere", (page: Page) => page.goto("about:blank")],
    ["is left by a link", (page: Page) => page.click("a")],
  ])("delivers the last events when the page %s", async (_, leave) => {
    const shop = site.customer({ body: `<a href="/nowhere">Leave</a>` });
    const page = await site.open(shop);
    await track(page, "at-the-end");
    await leave(page);
    await expect
      .poll(() => site.collector.accepted(shop).map(({ event_type: type }) => type), SOON)
      .toEqual(expect.arrayContaining(["page_view", "at-the-end"]));
  });

  it("falls back to fetch with keepalive when a beacon is refused", async () => {
    const head = `<script>
      navigator.sendBeacon = () => false;
      const send = fetch;
      window.fetch = (url, options) => { sessionStorage.options = JSON.stringify(options); return send(url, options); };
    </script>`;
    const shop = site.customer({ head });
    const page = await site.open(shop, "1");
    await track(page, "at-the-end");
    await page.goto(`${site.url}/${shop}/2`);
    const options = await page.evaluate<string>("sessionStorage.options");
    expect(JSON.parse(options)).toMatchObject({ method: "POST", keepalive: true, credentials: "omit" });
    await site.expectTypes(shop, ["page_view", "at-the-end", "page_view"]);
  });

  it("sends several requests when the page closes", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    site.collector.answer = () => ({ status: 503 });
    await track(page, "a", 95);
    await expect.poll(() => site.collector.deliveries(shop).length, SOON).toBeGreaterThan(0);
    site.collector.answer = () => ({ status: 200 });
    await page.goto("about:blank");
    await site.expectTypes(shop, ["page_view", ...Array(95).fill("a")]);
  });

  it("sends beacon events once more from the next page, with the same ids", async () => {
    const shop = site.customer();
    const page = await site.open(shop, "1");
    await track(page, "a");
    await page.goto(`${site.url}/${shop}/2`);
    await expect.poll(() => site.collector.deliveries(shop).length, SOON).toBe(2);
    const [beacon, answered] = site.collector.deliveries(shop);
    const ids = (delivery?: Delivery) => delivery?.events.map(({ event_id: id }) => id) ?? [];
    expect(ids(answered)).toEqual(expect.arrayContaining(ids(beacon)));
    expect(sizes([beacon as Delivery, answered as Delivery])).toEqual([2, 3]);
    await expect.poll(() => stored(page, shop), SOON).toBe(0);
    await page.goto(`${site.url}/${shop}/3`);
    await site.expectTypes(shop, ["page_view", "a", "page_view", "page_view"]);
    expect(sizes(site.collector.deliveries(shop).slice(2))).toEqual([1]);
  });

  it("sends beacon events of a hidden tab again when the tab is shown", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    await flush(page);
    await track(page, "a");
    const show = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`);
    await show(true);
    await expect.poll(() => sizes(site.collector.deliveries(shop)), SOON).toEqual([1, 1]);
    expect(await stored(page, shop)).toBe(1);
    await show(false);
    await expect.poll(() => sizes(site.collector.deliveries(shop)), SOON).toEqual([1, 1, 1]);
    await expect.poll(() => stored(page, shop), SOON).toBe(0);
  });

  it("loses nothing while the server is down, and backs off", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    await track(page, "before");
    first("cut", 500);
    await expect.poll(() => site.collector.deliveries(shop).length, SOON).toBeGreaterThan(0);
    await site.collector.refuse();
    await track(page, "while-away", 30);
    await pause(2000);
    await site.collector.listen();
    await track(page, "after");
    await site.expectTypes(shop, ["page_view", "before", ...Array(30).fill("while-away"), "after"]);
    await expect.poll(() => stored(page, shop), SOON).toBe(0);
    // One second of collecting, then delays of 1, 2 and 4 s plus up to a quarter: no request storm.
    expect(site.collector.deliveries(shop).length).toBeLessThanOrEqual(4);
  });

  it("sends unaccepted events from the next page", async () => {
    const shop = site.customer();
    site.collector.answer = () => "cut";
    const page = await site.open(shop, "1");
    await track(page, "a");
    await page.close();
    site.collector.answer = () => ({ status: 200 });
    await site.open(shop, "2");
    await site.expectTypes(shop, ["page_view", "a", "page_view"]);
  });

  it("retries after 408, 429 and 5xx", async () => {
    await Promise.all(
      [408, 429, 500, 503].map(async (status) => {
        const { shop, page, answer } = await refusing(status);
        expect([status, await stored(page, shop)]).toEqual([status, 1]);
        answer(200);
        await flush(page);
        expect(site.collector.accepted(shop)).toHaveLength(1);
        expect(await stored(page, shop)).toBe(0);
      }),
    );
  });

  it("drops permanently refused events", async () => {
    await Promise.all(
      [400, 401, 403, 404, 413, 415, 422].map(async (status) => {
        const { shop, page, answer } = await refusing(status);
        expect([status, await stored(page, shop)]).toEqual([status, 0]);
        answer(200);
        await track(page, "next");
        await flush(page);
        expect(site.collector.deliveries(shop).map(({ events }) => events.map(({ event_type: type }) => type))).toEqual(
          [["page_view"], ["next"]],
        );
      }),
    );
  });

  it("drops only the event that the server cannot read", async () => {
    const shop = site.customer();
    site.collector.answer = ({ events }) => ({
      status: events.some(({ event_type: type }) => type === "bad") ? 422 : 200,
    });
    const page = await site.open(shop);
    await track(page, "good", 2);
    await track(page, "bad");
    await track(page, "good");
    await site.expectTypes(shop, ["page_view", "good", "good", "good"]);
    await expect.poll(() => stored(page, shop), SOON).toBe(0);
  });

  it("waits as long as the server asks", async () => {
    const shop = site.customer();
    const times: number[] = [];
    site.collector.answer = () => {
      times.push(performance.now());
      return times.length === 1 ? { status: 429, headers: { "Retry-After": "3" } } : { status: 200 };
    };
    const page = await site.open(shop);
    await flush(page);
    await site.expectTypes(shop, ["page_view"]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2900);
  });

  it("keeps the newest 100 events while the server is down", async () => {
    const shop = site.customer();
    site.collector.answer = () => "cut";
    const page = await site.open(shop);
    await flush(page);
    await track(page, "old", 30);
    await pause(5); // so that their times differ
    await track(page, "new", 100);
    await expect.poll(() => stored(page, shop), SOON).toBe(100);
    site.collector.answer = () => ({ status: 200 });
    await site.expectTypes(shop, Array(100).fill("new"));
  });

  it("drops events after a week", async () => {
    const shop = site.customer();
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const event = (days: number) =>
      JSON.stringify({ occurred_at: at(days), event_id: `${days}`, event_type: `${days}` });
    const names = [8, 6].map((days) => `ov:${shop}:${event(days)}`);
    const page = await site.newPage();
    await page.addInitScript(`for (const name of ${JSON.stringify(names)}) localStorage[name] = ""`);
    await page.goto(`${site.url}/${shop}/`);
    await site.expectTypes(shop, ["6", "page_view"]);
    await expect.poll(() => stored(page, shop), SOON).toBe(0);
  });

  it("keeps events that another tab stores", async () => {
    const shop = site.customer();
    site.collector.answer = () => ({ status: 503 });
    const one = await site.open(shop, "1");
    const two = await site.open(shop, "2");
    await Promise.all([track(one, "of-one", 10), track(two, "of-two", 10)]);
    await Promise.all([one.close(), two.close()]);
    site.collector.answer = () => ({ status: 200 });
    await site.open(shop, "3");
    const types = [...Array(3).fill("page_view"), ...Array(10).fill("of-one"), ...Array(10).fill("of-two")];
    await site.expectTypes(shop, types);
  });
});
