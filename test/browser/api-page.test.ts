import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openApiDocument } from "../../scripts/openapi.ts";
import { operationsOf } from "../support/http/api-document.ts";
import { openPages, type Pages } from "../support/http/pages.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("the API page", () => {
  let pages: Pages;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    pages = await openPages();
    await pages.browser.grantPermissions(["clipboard-read", "clipboard-write"]);
  });
  afterAll(() => pages.close());

  beforeEach(async () => {
    problems.length = 0;
    page = await pages.browser.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    return () => page.close();
  });

  async function open(hash = ""): Promise<void> {
    await page.goto(`${pages.url}/api.html${hash}`);
    await page.locator("details").first().waitFor();
  }

  const operation = (id: string) => page.locator(`#${id}`);

  it("lists every operation by area", async () => {
    await open();
    const { tags, ...document } = await openApiDocument();
    const operations = operationsOf({ ...document, tags });
    expect(await page.locator("details").count()).toBe(operations.length);
    const titles = await page.locator("section h2").allTextContents();
    expect(titles).toEqual(tags.map(({ name }) => name));
    expect(problems).toEqual([]);
  });

  it("shows the secret, the parameters and the responses of an operation", async () => {
    await open();
    const rankings = operation("getRanking");
    await rankings.locator("summary").click();
    expect(await rankings.locator("p", { hasText: /^Requires/ }).textContent()).toBe(
      "Requires adminToken or apiToken or operatorSession or userToken. Role: viewer.",
    );
    const category = rankings.getByRole("row", { name: "category" });
    expect(await category.textContent()).toContain('"points" or "pullups"');
    expect(await rankings.locator("dt", { hasText: "404" }).count()).toBe(1);
    const users = operation("saveUsers");
    await users.locator("summary").click();
    expect(await users.locator("pre").first().textContent()).toMatch(
      /users: \[1 to 1000 of \{\n( *\/\/ .*\n)? *id: text/,
    );
    expect(problems).toEqual([]);
  });

  it("shows what the fields of a response mean, and an example of it", async () => {
    await open("#listSlots");
    const [shape, example] = await operation("listSlots").locator("dd").first().locator("pre").allTextContents();
    expect(shape).toContain("// The places that are still free.\n    places: whole number");
    expect(shape).toContain("nextCursor: text or null");
    expect(JSON.parse(example ?? "")).toMatchObject({ items: [{ serviceId: "personal-60" }], nextCursor: null });
    expect(problems).toEqual([]);
  });

  it("opens the operation of the link and copies its curl command", async () => {
    await open("#saveProviders");
    const details = operation("saveProviders");
    await details.getByRole("button", { name: "Copy" }).click();
    await details.getByText("Copied.").waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toBe(
      `curl -X POST -H "Authorization: Bearer $ADMIN_TOKEN" -H 'Content-Type: application/json' ` +
        `-d '{"providers":[{"id":"anna","name":"Anna Vogel","timezone":"Europe/Berlin"}]}' ` +
        `'${pages.url}/api/admin/providers'`,
    );
  });

  it("finds operations by search words", async () => {
    await open();
    await page.getByLabel("Find an operation").fill("post bookings");
    expect(await page.getByRole("status").first().textContent()).toBe("2 operations");
    const shown = await page.locator("details:visible summary code:first-of-type").allTextContents();
    expect(shown).toEqual(["/api/bookings", "/api/bookings/{id}/reschedule"]);
  });

  it("works with the keyboard alone", async () => {
    await open();
    await page.getByLabel("Find an operation").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("details").first().getAttribute("open")).toBe("");
  });

  it.each(["light", "dark"] as const)(
    "fits a small phone without axe violations, in %s colours",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 320, height: 568 });
      await open();
      for (const id of ["saveUsers", "getRanking", "getHealth"]) {
        await operation(id).locator("summary").click();
      }
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
      await page.evaluate(axe);
      const found = (await page.evaluate("axe.run()")) as { violations: { id: string; nodes: { html: string }[] }[] };
      expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(problems).toEqual([]);
    },
  );

  it("says that the API description cannot be read", async () => {
    await page.route("**/api/openapi.json", (route) => route.fulfill({ status: 500 }));
    await page.goto(`${pages.url}/api.html`);
    await page.getByText("cannot be read at the moment").waitFor();
  });
});
