import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTrackedSite, type TrackedSite } from "../fakes/tracker-site.ts";

/** The tracker as an ES module, and its read requests. */

describe("the tracker's module", () => {
  let site: TrackedSite;
  beforeAll(async () => {
    site = await openTrackedSite();
  });
  afterAll(() => site.close());
  afterEach(async () => {
    for (const page of site.browser.pages()) await page.close();
    expect(site.problems.splice(0)).toEqual([]);
  });

  /** Opens a page with `tracker`, and with `make()` for another tracker of the same customer. */
  async function open(customer: string): Promise<Page> {
    const shop = site.customer({
      scripts: `<script type="module">
        import { OneVaultTracker } from "/tracker.mjs";
        window.make = (more) => new OneVaultTracker({
          apiBaseUrl: "${site.collector.url}/", customerId: "${customer}", apiToken: "twk_sec_test", ...more,
        });
        window.tracker = make();
      </script>`,
    });
    const page = await site.open(shop);
    await page.waitForFunction("window.tracker");
    return page;
  }
  const types = (customer: string) => site.collector.accepted(customer).map(({ event_type: type }) => type);

  it("records automatically only after the call, and each event once after several calls", async () => {
    const page = await open("module-auto");
    await page.evaluate("tracker.flush()");
    expect(site.collector.deliveries("module-auto")).toEqual([]);
    await page.evaluate("tracker.enableAutoTracking(), tracker.enableAutoTracking(), make().enableAutoTracking()");
    await page.evaluate("history.pushState(0, '', 'next')");
    await page.evaluate("tracker.flush()");
    expect(types("module-auto")).toEqual(["page_view", "page_view"]);
  });

  it("sends to the asynchronous endpoint on request", async () => {
    const page = await open("module-async");
    await page.evaluate("{ const other = make({ useAsync: true }); other.trackCustomEvent('a'); other.flush() }");
    await site.expectTypes("module-async", ["a"]);
    expect(site.collector.deliveries("module-async").map(({ path }) => path)).toEqual(["/api/v1/track/async"]);
  });

  it("requests the status, the dashboard and processing", async () => {
    const answered = (path: string) => {
      site.collector.files[path] = [JSON.stringify({ path }), "application/json"];
      return { path };
    };
    const page = await open("module-reads");
    const status = answered("/api/v1/track/status");
    const dashboard = answered("/api/v1/track/dashboard?limit=20&from=2026-01-01");
    const plain = answered("/api/v1/track/dashboard?");
    const processing = answered("/api/v1/track/process");
    const headers: Record<string, string>[] = [];
    page.on("request", (request) => headers.push(request.headers()));
    expect(await page.evaluate("tracker.getTrackingStatus()")).toEqual(status);
    expect(await page.evaluate("tracker.getDashboardData({ limit: 20, from: '2026-01-01' })")).toEqual(dashboard);
    expect(await page.evaluate("tracker.getDashboardData()")).toEqual(plain);
    expect(await page.evaluate("tracker.triggerProcessing()")).toEqual(processing);
    expect(headers).toHaveLength(4);
    for (const sent of headers) {
      expect(sent).toMatchObject({ authorization: "Bearer twk_sec_test", "x-customer-id": "module-reads" });
    }
    expect(site.collector.asked.filter((request) => request.startsWith("POST /api/v1/track/process"))).toHaveLength(1);
  });

  it("rejects with the status of a refused request and logs nothing", async () => {
    const page = await open("module-refused");
    const refused = `tracker.getTrackingStatus().catch((error) => [error instanceof Error, error.message, error.status])`;
    delete site.collector.files["/api/v1/track/status"];
    expect(await page.evaluate(refused)).toEqual([true, "status: 404", 404]);
    await page.evaluate("window.fetch = () => { throw new TypeError('not here'); }");
    expect(await page.evaluate("tracker.triggerProcessing().catch((error) => error.message)")).toBe("not here");
  });
});
