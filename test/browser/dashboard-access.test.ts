import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { de } from "../../web/console/words/de.ts";
import { en } from "../../web/console/words/en.ts";
import type { Pages } from "../support/http/pages.ts";
import { ADMIN_TOKEN } from "../support/http/requests.ts";
import { fillDashboard, openDashboard, openTab, seriousViolations, settled, show } from "../worlds/dashboard.ts";

/** Whoever has to use it: on a phone, in the dark, by ear, without a mouse, in German. */

let pages: Pages;
beforeAll(async () => {
  pages = await openDashboard();
  await fillDashboard(pages, new Date());
});
afterAll(() => pages.close());

const TABS = Object.keys(en.tabs) as (keyof typeof en.tabs)[];

const widthOf = (page: Page) => page.evaluate("document.documentElement.scrollWidth");

describe.each(["light", "dark"] as const)("when it is %s", (scheme) => {
  it("has nothing in any tab that axe finds serious, and nothing to complain of in the console", async () => {
    const dark = scheme === "dark";
    const { page, problems } = await openTab(pages, { dark });
    for (const tab of TABS) {
      await show(pages, page, tab);
      expect(await page.getByRole("alert").allInnerTexts(), tab).toEqual([]);
      for (const details of await page.locator("details > summary").all()) await details.click();
      // What it is made of is the same in both; only the colours are others.
      expect(await seriousViolations(page, dark ? ["color-contrast"] : undefined), tab).toEqual([]);
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe.each([
  { language: "de", words: de },
  { language: "en", words: en },
] as const)("in $language", ({ language, words }) => {
  it("says everything in it, and fits a small phone in every tab", async () => {
    const { page } = await openTab(pages, { language, width: 320 });
    for (const tab of TABS) {
      await show(pages, page, tab);
      expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe(words.tabs[tab]);
      expect(await widthOf(page), tab).toBe(320);
    }
    expect(await page.getAttribute("html", "lang")).toBe(language);
    await page.close();
  });
});

it("is signed in to, walked through and asked with the keyboard alone", async () => {
  const { page, problems } = await openTab(pages, { token: "" });
  await page.goto(pages.url);
  await page.getByLabel("Admin token").waitFor();
  await page.keyboard.type(ADMIN_TOKEN); // the field has the focus
  await page.keyboard.press("Enter");
  await settled(page);
  await tabTo(page, "Mail");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: "Mail" }).waitFor();
  await settled(page);
  expect(await focused(page)).toBe("Mail");
  expect(await page.getByRole("link", { name: "Mail" }).getAttribute("aria-current")).toBe("page");

  await tabTo(page, "Retry all");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Send all failed mails again?" });
  await dialog.waitFor();
  expect(["Retry all", "Cancel"]).toContain(await focused(page));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await focused(page)).toBe("Retry all");
  expect(problems).toEqual([]);
  await page.close();
});

const focused = (page: Page) => page.evaluate("document.activeElement.textContent");

/** Goes on by Tab until what has that text has the focus. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === text) return;
  }
  throw new Error(`nothing with the text ${text} takes the focus`);
}

it("changes language and colours, and knows them the next time", async () => {
  const { page } = await openTab(pages, { language: "kept" });
  await page.goto(pages.url);
  await page.evaluate("localStorage.clear()");
  await show(pages, page, "mail");
  await page.reload();
  const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = await background();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("heading", { level: 3, name: "Gescheiterte Mails" }).waitFor();
  await page.getByLabel("Farben").selectOption("dark");
  await expect.poll(background).not.toBe(light);
  await page.reload();
  await page.getByRole("heading", { level: 3, name: "Gescheiterte Mails" }).waitFor();
  expect(await background()).not.toBe(light);
  await page.close();
});

it("begins in the browser's language", async () => {
  const { page } = await openTab(pages, { token: "", language: "kept" });
  await page.addInitScript(
    "localStorage.clear(); Object.defineProperty(navigator, 'languages', { value: ['fr', 'de-AT'] })",
  );
  await page.goto(pages.url);
  await page.getByRole("button", { name: "Anmelden" }).waitFor();
  await page.close();
});
