import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { users } from "../../lib/users/schema.ts";
import { openPages, type Pages } from "../support/http/pages.ts";
import { signedUnsubscribeUrl } from "../support/mail/unsubscribe-url.ts";
import { addUsers } from "../worlds/club.ts";
import { SETTINGS } from "../worlds/club-settings.ts";

/** Far in the future, so that the link is valid whenever the tests run. */
const FROM = new Date("2500-01-01T00:00:00Z");

describe("the unsubscribe pages", () => {
  let pages: Pages;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    pages = await openPages();
    await addUsers(pages.connection.db, { id: "ada" }, { id: "bob", language: "en" }, { id: "cyd" });
  });
  afterAll(() => pages.close());

  beforeEach(async () => {
    problems.length = 0;
    page = await pages.browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    return () => page.close();
  });

  const link = (userId: string) => signedUnsubscribeUrl(pages.url, SETTINGS.EMAIL_PREFERENCES_SECRET, userId, FROM);
  const preferences = async (id: string) =>
    (await pages.connection.db.select().from(users).where(eq(users.id, id)))[0]?.preferences;

  it("ask first and unsubscribe on the button", async () => {
    await page.goto(link("ada"));
    expect(await page.textContent("h1")).toBe("E-Mails abbestellen?");
    expect(await preferences("ada")).toEqual({});
    await page.getByRole("button", { name: "Abbestellen" }).click();
    await page.getByRole("heading", { name: "Abbestellt" }).waitFor();
    expect(await preferences("ada")).toEqual({ notifications: { email: false } });
    expect(problems).toEqual([]);
  });

  it("work with the keyboard alone, in the member's language", async () => {
    await page.goto(link("bob"));
    expect(await page.getAttribute("html", "lang")).toBe("en");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
    expect(await preferences("bob")).toEqual({ notifications: { email: false } });
    expect(problems).toEqual([]);
  });

  it.each(["light", "dark"] as const)("fit a small phone and load their style, in %s colours", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(link("cyd"));
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBe(320);
    const button = await page.getByRole("button").boundingBox();
    expect(button?.height).toBeGreaterThanOrEqual(44); // what a thumb needs (WCAG 2.5.5)
    expect(button?.width).toBeGreaterThan(200);
    expect(await page.evaluate("document.styleSheets[0].cssRules.length")).toBeGreaterThan(0);
    expect(await preferences("cyd")).toEqual({});
  });

  it("explain an invalid link", async () => {
    await page.goto(`${pages.url}/api/events/emails/unsubscribe?token=cut`);
    expect(await page.textContent("h1")).toMatch(/Dieser Link ist ungültig|This link is not valid/);
    expect(await page.getByRole("button").count()).toBe(0);
  });
});
