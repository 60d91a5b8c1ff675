import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../dev/server.ts";
import { filesIn } from "../../lib/server/files.ts";
import { type Listening, listen } from "../../lib/server/listen.ts";
import { asPlatform } from "../../lib/server/platform-headers.ts";
import { writeTracker } from "../../scripts/tracker.ts";
import { openShop, type Shop } from "../fakes/shop.ts";
import { openBrowser } from "../support/browser.ts";

/** Pages that load the tracker from another origin: the shop is on `localhost`, the tracker on `127.0.0.1`. */

const folder = mkdtempSync(join(tmpdir(), "taktwerk-tracker-"));

describe.each([
  ["npm run serve", () => listen("127.0.0.1", 0, asPlatform(), { before: [filesIn(folder)] })],
  ["npm start", () => serve(0)],
])("the tracker of %s", (_, start) => {
  let browser: BrowserContext;
  let shop: Shop;
  let stats: Listening;
  beforeAll(async () => {
    await writeTracker(folder);
    writeFileSync(join(folder, "other.mjs"), "export const secret = 1;");
    browser = await openBrowser();
    stats = await start();
    shop = await openShop();
  });
  afterAll(async () => {
    await browser.close();
    shop.close();
    await stats.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** Evaluates an expression on a page of the shop. */
  async function open(html: string, expression: string, headers: Record<string, string> = {}): Promise<unknown> {
    shop.show(html, headers);
    const page = await browser.newPage();
    try {
      await page.goto(shop.url);
      return await page.evaluate(expression);
    } finally {
      await page.close();
    }
  }
  const isolated = { "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin" };

  it("can be imported as a module", async () => {
    expect(await open("", `import("${stats.url}/tracker.mjs").then((module) => typeof module.OneVaultTracker)`)).toBe(
      "function",
    );
  });

  it.each(["", " crossorigin"])("can be loaded by a script tag%s", async (attribute) => {
    const tag = `<script${attribute} src="${stats.url}/tracker.js"></script>`;
    expect(await open(tag, "typeof OneVaultTracker")).toBe("function");
  });

  it("can be loaded by pages under Cross-Origin-Embedder-Policy", async () => {
    const tag = `<script src="${stats.url}/tracker.js"></script>`;
    expect(await open(tag, "[crossOriginIsolated, typeof OneVaultTracker]", isolated)).toEqual([true, "function"]);
  });

  it("is the only file that other origins can read", async () => {
    const failed = (path: string) => `import("${stats.url}${path}").then(() => "read", () => "refused")`;
    expect(await open("", failed("/other.mjs"))).toBe("refused");
    expect(await open("", `fetch("${stats.url}/api/openapi.json").then(() => "read", () => "refused")`)).toBe(
      "refused",
    );
  });
});
