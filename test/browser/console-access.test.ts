import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { de } from "../../web/console/words/de.ts";
import { en } from "../../web/console/words/en.ts";
import type { Pages } from "../support/http/pages.ts";
import { ADMIN_TOKEN } from "../support/http/requests.ts";
import { fillConsole, openConsole, openTab, seriousViolations, settled, show } from "../worlds/console.ts";

/** The console on a phone, in dark colours, with a screen reader, with the keyboard, and in German. */

let pages: Pages;
beforeAll(async () => {
  pages = await openConsole();
  await fillConsole(pages, new Date());
});
afterAll(() => pages.close());

const TABS = Object.keys(en.tabs) as (keyof typeof en.tabs)[];

const widthOf = (page: Page) => page.evaluate("document.documentElement.scrollWidth");

describe.each(["light", "dark"] as const)("when it is %s", (scheme) => {
  it("has no serious axe violation in any tab, and logs nothing", async () => {
    const dark = scheme === "dark";
    const { page, problems } = await openTab(pages, { dark });
    for (const tab of TABS) {
      await show(pages, page, tab);
      expect(await page.getByRole("alert").allInnerTexts(), tab).toEqual([]);
      for (const details of await page.locator("details > summary").all()) await details.click();
      // Both schemes share the markup, so only the contrast is checked again.
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
  it("names every tab in this language and fits a small phone", async () => {
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

it("works with the keyboard alone: sign-in, tabs and dialog", async () => {
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
  const dialog = page.getByRole("dialog", { name: "Send all failed emails again?" });
  await dialog.waitFor();
  expect(["Retry all", "Cancel"]).toContain(await focused(page));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await focused(page)).toBe("Retry all");
  expect(problems).toEqual([]);
  await page.close();
});

const focused = (page: Page) => page.evaluate("document.activeElement.textContent");

/** Presses Tab until the element with this text has the focus. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === text) return;
  }
  throw new Error(`no element with the text ${text} takes the focus`);
}

it("remembers the chosen language and colours", async () => {
  const { page } = await openTab(pages, { language: "kept" });
  await page.goto(pages.url);
  await page.evaluate("localStorage.clear()");
  await show(pages, page, "mail");
  await page.reload();
  const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = await background();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("heading", { level: 3, name: "Fehlgeschlagene Mails" }).waitFor();
  await page.getByLabel("Farben").selectOption("dark");
  await expect.poll(background).not.toBe(light);
  await page.reload();
  await page.getByRole("heading", { level: 3, name: "Fehlgeschlagene Mails" }).waitFor();
  expect(await background()).not.toBe(light);
  await page.close();
});

it("starts in the browser's language", async () => {
  const { page } = await openTab(pages, { token: "", language: "kept" });
  await page.addInitScript(
    "localStorage.clear(); Object.defineProperty(navigator, 'languages', { value: ['fr', 'de-AT'] })",
  );
  await page.goto(pages.url);
  await page.getByRole("button", { name: "Anmelden" }).waitFor();
  await page.close();
});
