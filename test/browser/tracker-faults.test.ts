import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flush, openTrackedSite, type TrackedSite } from "../fakes/tracker-site.ts";

/** Restrictions by browsers, pages and visitors. None of them may cause an error on the page. */

const SOON = { timeout: 8000 };

describe("the tracker under restrictions", () => {
  let site: TrackedSite;
  beforeAll(async () => {
    site = await openTrackedSite();
  });
  afterAll(() => site.close());
  beforeEach(() => {
    site.console.length = 0;
  });
  afterEach(async () => {
    for (const page of site.browser.pages()) await page.close();
    expect(site.problems.splice(0)).toEqual([]);
  });

  const types = (customer: string) => site.collector.accepted(customer).map(({ event_type: type }) => type);
  const sessions = (customer: string) =>
    new Set(site.collector.accepted(customer).map(({ session_id: session }) => session)).size;
  const track = (page: Page, type: string) => page.evaluate(`OneVaultTracker.instance.trackEvent("${type}")`);
  const inHead = (script: string) => site.customer({ head: `<script>${script}</script>` });

  it.each([
    ["throws", `get() { throw new DOMException("denied", "SecurityError"); }`],
    ["is null", "value: null"],
    ["is missing", "value: undefined"],
  ])("works without storage: localStorage %s", async (_, property) => {
    const shop = inHead(`Object.defineProperty(window, "localStorage", { ${property} })`);
    const page = await site.open(shop);
    await track(page, "a");
    await flush(page);
    await track(page, "at-the-end");
    await page.goto("about:blank");
    await site.expectTypes(shop, ["page_view", "a", "at-the-end"]);
    expect(sessions(shop)).toBe(1);
  });

  it("works with full storage", async () => {
    const shop = inHead(`for (let size = 2 ** 22; size >= 1; size /= 2) {
      try { for (let n = 0; ; n++) localStorage["fill-" + size + "-" + n] = "x".repeat(size); } catch {}
    }`);
    const page = await site.open(shop);
    await track(page, "a");
    await flush(page);
    expect(types(shop)).toEqual(["page_view", "a"]);
    expect(sessions(shop)).toBe(1);
    await page.evaluate("localStorage.clear()");
  });

  it("works in a frame without an origin", async () => {
    const inner = site.customer();
    const outer = site.customer({ scripts: "", body: `<iframe sandbox="allow-scripts" src="/${inner}/"></iframe>` });
    const page = await site.open(outer);
    await expect.poll(() => page.frames().length, SOON).toBe(2);
    await page.frames()[1]?.evaluate("OneVaultTracker.instance.trackEvent('inside')");
    await site.expectTypes(inner, ["page_view", "inside"]);
    expect(sessions(inner)).toBe(1);
    expect(site.collector.deliveries(inner)[0]?.headers.origin).toBe("null");
  });

  it("works in a browser that stores no site data", async () => {
    const profile = mkdtempSync(join(tmpdir(), "taktwerk-no-cookies-"));
    mkdirSync(join(profile, "Default"));
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const browser = await chromium.launchPersistentContext(profile, { executablePath, args: ["--no-sandbox"] });
    try {
      const shop = site.customer();
      const page = await browser.newPage();
      page.on("pageerror", (error) => site.problems.push(String(error)));
      await page.goto(`${site.url}/${shop}/`);
      expect(await page.evaluate("try { localStorage.length } catch (error) { error.name }")).toBe("SecurityError");
      await track(page, "a");
      await flush(page);
      await track(page, "at-the-end");
      await page.goto("about:blank");
      await site.expectTypes(shop, ["page_view", "a", "at-the-end"]);
      expect(sessions(shop)).toBe(1);
    } finally {
      await browser.close();
    }
  });

  it.each([
    ["throws", "window.fetch = () => { throw new Error('not here'); }"],
    ["is missing", "window.fetch = undefined"],
    ["answers nonsense", "window.fetch = () => 42"],
    ["never answers", "window.fetch = () => new Promise(() => {})"],
  ])("delivers by beacon, and from the next page, when fetch %s", async (_, script) => {
    const shop = inHead(`if (location.pathname.endsWith("/1")) ${script}`);
    const page = await site.open(shop, "1");
    await track(page, "a");
    await page.goto(`${site.url}/${shop}/2`);
    await site.expectTypes(shop, ["page_view", "a", "page_view"]);
  });

  it("falls back to fetch when beacons throw", async () => {
    const shop = inHead("navigator.sendBeacon = () => { throw new Error('not here'); }");
    const page = await site.open(shop);
    await page.goto("about:blank");
    await site.expectTypes(shop, ["page_view"]);
  });

  it("stays silent when the page's policy forbids requests, and works when it allows only them", async () => {
    const policy = (connect: string) => ({
      "Content-Security-Policy": `default-src 'none'; script-src 'self'; connect-src ${connect}; img-src data:`,
    });
    const forbidden = site.customer({ headers: policy("'none'") });
    const page = await site.open(forbidden);
    await flush(page);
    await page.goto("about:blank");
    const allowed = site.customer({ headers: policy(site.collector.url) });
    await flush(await site.open(allowed));
    expect(types(allowed)).toEqual(["page_view"]);
    expect(types(forbidden)).toEqual([]);
  });

  it.each([
    ["Do Not Track", "navigator", "doNotTrack", "1"],
    ["Do Not Track, as it was written once", "navigator", "doNotTrack", "yes"],
    ["Do Not Track of the window", "window", "doNotTrack", "1"],
    ["Global Privacy Control", "navigator", "globalPrivacyControl", true],
  ])("neither sends nor stores anything under %s", async (_, object, name, value) => {
    const shop = inHead(`Object.defineProperty(${object}, "${name}", { value: ${JSON.stringify(value)} })`);
    const page = await site.open(shop);
    await page.evaluate("localStorage.clear()");
    await page.evaluate("history.pushState(0, '', 'next')");
    await track(page, "a");
    await page.evaluate("OneVaultTracker.instance.trackFormSubmission('form')");
    await flush(page);
    expect(await page.evaluate("localStorage.length")).toBe(0);
    await page.goto("about:blank");
    await flush(await site.open(site.customer()));
    expect(site.collector.deliveries(shop)).toEqual([]);
  });

  it.each([
    ["unspecified", "null, false"],
    ["declined", "'0', false"],
  ])("records when the opt-out signal is %s", async (_, values) => {
    const shop = inHead(`const [track, control] = [${values}];
      Object.defineProperties(navigator, { doNotTrack: { value: track }, globalPrivacyControl: { value: control } })`);
    await flush(await site.open(shop));
    expect(types(shop)).toEqual(["page_view"]);
  });

  it("counts once when the script is loaded twice", async () => {
    const shop = site.customer();
    const attributes = `data-customer-id="${shop}" data-key="k" data-api="${site.collector.url}"`;
    const tag = `<script defer src="/tracker.js" ${attributes}></script>`;
    const twice = site.customer({ scripts: tag + tag, body: "<button>Press</button>" });
    const page = await site.open(twice);
    await page.addScriptTag({ url: "/tracker.js" });
    await page.evaluate("OneVaultTracker.instance.enableAutoTracking()");
    await page.evaluate("history.pushState(0, '', 'next')");
    await page.click("button");
    await flush(page);
    expect(types(shop)).toEqual(["page_view", "page_view", "click"]);
  });

  it("sends an event without data that cannot be sent", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    await page.evaluate(`{
      const { trackEvent, trackFormSubmission } = OneVaultTracker.instance;
      const circular = {};
      circular.self = circular;
      trackEvent("circular", circular);
      trackEvent("bigint", { n: 1n });
      trackEvent("getter", { get broken() { throw new Error("broken"); } });
      trackEvent("inner-getter", { in: { get broken() { throw new Error("broken"); } } });
      trackEvent("json", { toJSON() { throw new Error("broken"); } });
      trackEvent("large", { text: "x".repeat(40_000) });
      trackEvent("large-in-bytes", { text: "\\u4e16".repeat(20_000) });
      trackEvent("fits", { text: "x".repeat(30_000) });
      trackEvent("null", null);
      trackFormSubmission(null);
      trackFormSubmission({}, { step: 1 });
      trackEvent({ toString() { throw new Error("broken"); } });
      trackEvent(Symbol("symbol"));
      trackEvent();
    }`);
    const without = ["circular", "bigint", "getter", "inner-getter", "json", "large", "large-in-bytes", "null"];
    const rest = ["form_submission", "form_submission", "Symbol(symbol)", "undefined"];
    await site.expectTypes(shop, ["page_view", ...without, "fits", ...rest]);
    const data = new Map(site.collector.accepted(shop).map(({ event_type, event_data }) => [event_type, event_data]));
    for (const type of without) expect([type, data.get(type)]).toEqual([type, {}]);
    expect(Object.keys(data.get("fits") ?? {})).toEqual(["text"]);
  });

  it("creates ids without randomUUID", async () => {
    const shop = inHead("crypto.randomUUID = undefined");
    const page = await site.open(shop);
    await track(page, "a");
    await flush(page);
    const ids = site.collector.accepted(shop).flatMap(({ event_id, session_id }) => [event_id, session_id]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^\d+(-\d+){3}$/);
  });

  it.each([
    ["there is no crypto", "Object.defineProperty(window, 'crypto', { value: undefined })"],
    ["the history is frozen", "Object.freeze(history)"],
    ["there is no history method", "history.pushState = undefined"],
    ["there is no Blob", "window.Blob = undefined"],
    ["there is no URL", "window.URL = undefined"],
    ["the console is gone", "window.console = undefined"],
  ])("causes no error on the page where %s", async (_, script) => {
    const shop = site.customer({ head: `<script>${script}</script>`, body: "<button>Press</button>" });
    const page = await site.open(shop);
    await page.click("button");
    await track(page, "a");
    await page.evaluate("history.replaceState(0, '', 'next')");
    await flush(page);
    await page.goto("about:blank");
  });

  it("starts on a page without a body", async () => {
    const attributes = (customer: string) => `data-customer-id="${customer}" data-key="k"`;
    const shop = site.customer({
      scripts: `<script src="${site.collector.url}/tracker.js" ${attributes("early")}></script>`,
    });
    await flush(await site.open(shop));
    expect(types("early")).toEqual(["page_view"]);
  });

  it("logs only in debug mode", async () => {
    const quiet = await site.open(site.customer());
    await quiet.evaluate("OneVaultTracker.instance.trackEvent('x', { n: 1n })");
    await flush(quiet);
    expect(site.console).toEqual([]);
    const page = await site.open(site.customer({ attributes: `data-debug data-api="${site.collector.url}"` }));
    await page.evaluate("OneVaultTracker.instance.trackEvent('x', { n: 1n })");
    await flush(page);
    const said = site.console.join("\n");
    expect(said).toMatch(/tracker: TypeError: .*BigInt/);
    expect(said).toContain("tracker: no data: x");
    expect(said).toContain("tracker: 2 200");
  });

  it("takes less than 5 ms per call", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    const median = await page.evaluate(`{
      const times = Array.from({ length: 1000 }, (_, n) => {
        const before = performance.now();
        OneVaultTracker.instance.trackEvent("timed", { n, text: "x".repeat(200) });
        return performance.now() - before;
      });
      times.sort((a, b) => a - b)[500];
    }`);
    expect(median).toBeLessThan(5);
  });
});
