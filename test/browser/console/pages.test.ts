import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { PATHS } from "../../../web/console/routing/paths.ts";
import type { Pages } from "../../support/http/pages.ts";
import { fillConsole, openConsole, openTab, seriousViolations, settled, type Tab } from "../../worlds/console.ts";

/** Every page of the console, wide and on a phone, light and dark, in both languages. A new page is covered by itself. */

let pages: Pages;
let tab: Tab;
beforeAll(async () => {
  pages = await openConsole();
  await fillConsole(pages, new Date());
  tab = await openTab(pages);
  return async () => {
    await tab.close();
    await pages.close();
  };
}, 120_000);

/** The addresses of all pages: with and without the parameters that they may have. */
const ADDRESSES = [
  ...new Set([
    ...Object.values(PATHS).map((path) => path.split("/:")[0] || "/"),
    ...["/runs/weekly", "/runs/dispatch", "/settings/operators", "/settings/tokens", "/settings/audit"],
  ]),
].filter((address) => !["/sign-in", "/forgot", "/reset", "/invitation"].includes(address));

const LANGUAGES = ["en", "de"] as const;

/** Chooses the language of this device and of the account, as the account menu does. */
async function choose(page: Page, language: "de" | "en"): Promise<void> {
  await page.goto(`${pages.url}/parts`);
  await page.evaluate(`(async () => {
    localStorage.setItem("taktwerk.language", "${language}");
    const headers = { "content-type": "application/json" };
    await fetch("/api/auth/account", { method: "PATCH", headers, body: '{"language":"${language}"}' });
  })()`);
}

/** Texts that are cut off: only names may be, which can be read in full on focus and hover. */
const CUT_OFF = `[...document.querySelectorAll("main *")].filter((element) => {
  const { overflowX } = getComputedStyle(element);
  const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
  return isCut && overflowX === "hidden" && !element.closest("[title], .name, .ec, .unseen, .loading");
}).map((element) => element.outerHTML.slice(0, 160))`;

const widthOf = (page: Page) => page.evaluate("document.documentElement.scrollWidth");

describe.each(LANGUAGES)("in %s", (language) => {
  beforeAll(() => choose(tab.page, language));

  it.each(ADDRESSES)("%s fits each screen, names its language, and logs nothing", async (address) => {
    const { page, problems } = tab;
    problems.length = 0;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(pages.url + address);
    await settled(page);
    expect(await page.getAttribute("html", "lang")).toBe(language);
    expect(await page.locator("main h1").allInnerTexts()).toEqual([expect.stringMatching(/\S/)]);
    expect(await page.title()).toMatch(/\S/);
    expect(await page.locator(".error-state:not(.part-example *)").count()).toBe(0);
    for (const width of [1440, 1000, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await widthOf(page), `${width} px`).toBe(width);
      expect(await page.evaluate(CUT_OFF), `${width} px`).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});

describe("for a screen reader and for weak eyes", () => {
  it.each(ADDRESSES)("%s has no serious axe violation, wide and light, and on a phone in the dark", async (address) => {
    const { page } = tab;
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(pages.url + address);
    await settled(page);
    expect(await seriousViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await seriousViolations(page)).toEqual([]);
  });
});
