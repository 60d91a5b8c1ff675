import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { flush, openTrackedSite, type TrackedSite } from "../fakes/tracker-site.ts";

/** The events that the tracker records. Pages and collector have different origins, so that CORS applies. */

describe("the tracker on a page", () => {
  let site: TrackedSite;
  beforeAll(async () => {
    site = await openTrackedSite();
  });
  afterAll(() => site.close());
  afterEach(async () => {
    for (const page of site.browser.pages()) await page.close();
    expect(site.problems.splice(0)).toEqual([]);
  });

  const accepted = (customer: string, type?: string) =>
    site.collector.accepted(customer).filter((event) => type === undefined || event.event_type === type);

  it("sends a page view in a request without preflight and cookies", async () => {
    const shop = site.customer();
    const page = await site.newPage();
    await page.goto(`${site.url}/${shop}/start`);
    await page.evaluate("document.cookie = 'of=the-page'");
    await page.goto(`${site.url}/${shop}/a?utm_source=mail#part`, { referer: "https://search.example/" });
    await site.expectTypes(shop, ["page_view", "page_view"]);
    const [event] = accepted(shop).filter(({ page_url }) => page_url.includes("/a?"));
    expect(event).toEqual({
      event_id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      event_type: "page_view",
      page_url: `${site.url}/${shop}/a?utm_source=mail`,
      session_id: expect.stringMatching(/^[\da-f-]{36}$/),
      occurred_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      referrer: "https://search.example/",
      event_data: {},
    });
    for (const { path, headers, customer_id, key, sent_at } of site.collector.deliveries(shop)) {
      expect({ path, customer_id, key }).toEqual({ path: "/api/v1/track", customer_id: shop, key: "twk_pub_test" });
      expect(headers["content-type"]).toBe("text/plain;charset=UTF-8");
      expect(headers.origin).toBe(site.url);
      expect(headers.cookie).toBeUndefined();
      expect(Math.abs(Date.parse(sent_at) - Date.now())).toBeLessThan(60_000);
    }
    expect(site.collector.asked.filter((request) => request.startsWith("OPTIONS"))).toEqual([]);
    expect(await page.evaluate("[document.cookie, sessionStorage.length]")).toEqual(["of=the-page", 0]);
  });

  it("sends to the script's origin, or to the endpoint that the tag names", async () => {
    const src = `${site.collector.url}/tracker.js`;
    const tag = (customer: string, more = "") =>
      `<script defer src="${src}" data-customer-id="${customer}" data-key="k" ${more}></script>`;
    const own = site.customer({ scripts: tag("own-origin") });
    const later = site.customer({ scripts: tag("asynchronous", "data-async") });
    await site.open(own);
    await site.open(later);
    await site.expectTypes("own-origin", ["page_view"]);
    await site.expectTypes("asynchronous", ["page_view"]);
    expect(site.collector.deliveries("own-origin").map(({ path }) => path)).toContain("/api/v1/track");
    expect(site.collector.deliveries("asynchronous").map(({ path }) => path)).toContain("/api/v1/track/async");
  });

  it("counts each new path of a single-page app once", async () => {
    const shop = site.customer();
    const page = await site.open(shop, "1");
    const base = `${site.url}/${shop}/`;
    await page.evaluate("history.pushState({ n: 1 }, '', '2')");
    await page.evaluate("history.replaceState({ n: 2 }, '')");
    await page.evaluate("history.replaceState({ n: 3 }, '', location.href)");
    await page.evaluate("history.replaceState({ n: 4 }, '', '3')");
    await page.evaluate("location.hash = 'a-heading'");
    await page.evaluate("location.hash = '#/a/route'");
    await page.goBack();
    await page.goBack();
    await page.goBack();
    expect(page.url()).toBe(`${base}1`);
    await flush(page);
    const views = accepted(shop, "page_view").map(({ page_url, referrer }) => [page_url, referrer]);
    expect(views).toEqual([
      [`${base}1`, undefined],
      [`${base}2`, `${base}1`],
      [`${base}3`, `${base}2`],
      [`${base}3#/a/route`, `${base}3`],
      [`${base}3`, `${base}3#/a/route`],
      [`${base}1`, `${base}3`],
    ]);
  });

  it("keeps the history methods unchanged for the page: this, arguments, result and errors", async () => {
    const head = `<script>
      const calls = [];
      history.pushState = function (...change) { calls.push([this === history, change]); return "result"; };
    </script>`;
    const page = await site.open(site.customer({ head }));
    expect(await page.evaluate("history.pushState(1, '', '/x', 'more')")).toBe("result");
    expect(await page.evaluate("calls")).toEqual([[true, [1, "", "/x", "more"]]]);
    expect(
      await page.evaluate("try { history.replaceState(0, '', 'https://other.example/') } catch (e) { e.name }"),
    ).toBe("SecurityError");
  });

  it("counts a page restored from the back-forward cache", async () => {
    const shop = site.customer();
    const page = await site.open(shop, "1");
    await page.evaluate("addEventListener('pageshow', (event) => { window.persisted = event.persisted })");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    expect(await page.evaluate("persisted")).toBe(true);
    await flush(page);
    expect(accepted(shop, "page_view")).toHaveLength(2);
  });

  it("counts a prerendered page only when it is shown", async () => {
    const head = "<script>Object.defineProperty(document, 'prerendering', { value: true })</script>";
    const shop = site.customer({ head });
    const page = await site.open(shop);
    await flush(page);
    expect(accepted(shop)).toEqual([]);
    await page.evaluate("document.dispatchEvent(new Event('prerenderingchange'))");
    await flush(page);
    expect(accepted(shop, "page_view")).toHaveLength(1);
  });

  it("counts clicks on buttons and links, also on inner elements and stopped events", async () => {
    const body = `
      <button id="save" value="secret-value"><svg width="20" height="20"><rect width="20" height="20" id="icon"/></svg>
        Save </button>
      <a id="more" href="/elsewhere?token=secret-token#secret-part"><b>${"More ".repeat(40)}</b></a>
      <form onsubmit="return false"><input type="submit" id="go" value="Send it"></form>
      <input type="button" id="plain" value="Press">
      <div role="button" id="role">Role</div>
      <input role="button" id="text" value="secret-text">
      <p id="nothing">Nothing</p>
      <x-card id="card"></x-card>
      <script>
        for (const link of document.querySelectorAll("a")) {
          link.onclick = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
        }
        document.getElementById("card").attachShadow({ mode: "open" }).innerHTML = "<button id=inner>In a shadow</button>";
      </script>`;
    const shop = site.customer({ body });
    const page = await site.open(shop);
    for (const id of ["icon", "more", "go", "plain", "role", "text", "nothing", "inner"]) await page.click(`#${id}`);
    await flush(page);
    expect(accepted(shop, "click").map(({ event_data }) => event_data)).toEqual([
      { tag: "button", id: "save", text: "Save" },
      { tag: "a", id: "more", text: "More ".repeat(20), href: `${site.url}/elsewhere` },
      { tag: "input", id: "go", text: "Send it" },
      { tag: "input", id: "plain", text: "Press" },
      { tag: "div", id: "role", text: "Role" },
      { tag: "button", id: "inner", text: "In a shadow" },
    ]);
    expect(JSON.stringify(site.collector.deliveries(shop))).not.toContain("secret");
  });

  it("counts form submissions without reading their fields", async () => {
    const body = `
      <form id="signup" name="newsletter" action="/subscribe?list=secret-list" method="post" onsubmit="return false">
        <input name="email" value="secret-email"><input type="password" name="password" value="secret-password">
        <input name="id" value="secret-id"><input name="name" value="secret-name">
        <input name="action" value="secret-action"><input name="method" value="secret-method">
        <textarea name="message">secret-message</textarea>
        <select name="plan"><option value="secret-plan" selected>secret-plan</option></select>
        <button>Subscribe</button>
      </form>
      <form id="bare" onsubmit="event.stopPropagation(); return false"><input value="secret-bare"><button id="b">Go</button></form>`;
    const shop = site.customer({ body });
    const page = await site.open(shop, "contact");
    await page.fill("[name=email]", "secret-typed");
    await page.press("[name=email]", "Enter");
    await page.click("#b");
    await page.evaluate(`OneVaultTracker.instance.trackFormSubmission(document.forms[0], { step: 2 })`);
    await page.evaluate(`OneVaultTracker.instance.trackFormSubmission("checkout", { step: 3 })`);
    await flush(page);
    const signup = { id: "signup", name: "newsletter", action: "/subscribe", method: "post" };
    expect(accepted(shop, "form_submission").map(({ event_data }) => event_data)).toEqual([
      signup,
      { id: "bare", action: `/${shop}/contact` },
      { ...signup, step: 2 },
      { name: "checkout", step: 3 },
    ]);
    expect(JSON.stringify(site.collector.deliveries(shop))).not.toContain("secret");
  });

  it("sends the page's own events", async () => {
    const shop = site.customer();
    const page = await site.open(shop);
    await page.evaluate(`{
      const { trackEvent, trackPageView, trackInteraction, trackCustomEvent } = OneVaultTracker.instance;
      trackEvent("video", { seconds: 12, title: "\\ud800 Straße $& $1" });
      trackPageView({ title: "Again" });
      trackInteraction("scroll", { depth: 75 });
      trackCustomEvent("signup");
      trackEvent("t".repeat(1000));
    }`);
    await flush(page);
    expect(accepted(shop).map(({ event_type, event_data }) => [event_type, event_data])).toEqual([
      ["page_view", {}],
      ["video", { seconds: 12, title: "\ud800 Straße $& $1" }],
      ["page_view", { title: "Again" }],
      ["interaction", { action: "scroll", depth: 75 }],
      ["signup", {}],
      ["t".repeat(255), {}],
    ]);
  });

  it("ends a session after 30 minutes without events", async () => {
    const head = `<script>
      const now = Date.now;
      window.ahead = Number(new URLSearchParams(location.search).get("ahead"));
      Date.now = () => now() + window.ahead * 60_000;
    </script>`;
    const shop = site.customer({ head });
    const page = await site.open(shop);
    await page.evaluate("ahead = 29, OneVaultTracker.instance.trackEvent('at-29')");
    await page.goto(`${site.url}/${shop}/next?ahead=58`);
    await page.evaluate("ahead = 89, OneVaultTracker.instance.trackEvent('at-89')");
    await site.expectTypes(shop, ["page_view", "at-29", "page_view", "at-89"]);
    const sessions = new Map(accepted(shop).map(({ event_id, session_id }) => [event_id, session_id]));
    const after = accepted(shop, "at-89")[0]?.session_id;
    expect(new Set(sessions.values()).size).toBe(2);
    expect([...sessions.values()].filter((session) => session === after)).toHaveLength(1);
  });

  it("shares one session between two tabs", async () => {
    const shop = site.customer();
    await site.open(shop, "1");
    await site.open(shop, "2");
    await site.expectTypes(shop, ["page_view", "page_view"]);
    expect(new Set(accepted(shop).map(({ session_id }) => session_id)).size).toBe(1);
  });
});
