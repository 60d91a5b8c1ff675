import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bookings } from "../../lib/booking/bookings/schema.ts";
import { bookingSlots } from "../../lib/booking/schema.ts";
import type { Db } from "../../lib/db/db.ts";
import { insertLinkToken } from "../../lib/mail/queue/link-token.ts";
import { emailQueue } from "../../lib/mail/schema.ts";
import { openPages, type Pages } from "../support/http/pages.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { addProvider, addService, addSlots } from "../worlds/slots.ts";

/** The page behind the link in booking emails. Server and page read the real clock, so all bookings are days ahead. */

const DAY_MS = 86_400_000;

/** The instant `days` from today, at an hour in UTC. */
function ahead(days: number, hour: number): Date {
  const day = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  return new Date(`${day}T${String(hour).padStart(2, "0")}:00:00Z`);
}

describe("the booking page", () => {
  let pages: Pages;
  let db: Db;
  let page: Page;
  let slots: number[];
  const problems: string[] = [];
  const requested: string[] = [];

  beforeAll(async () => {
    pages = await openPages();
    db = pages.connection.db;
    await addProvider(db, { id: "praxis", name: "Praxis <b>Nord</b>" });
    await addService(db, { id: "massage", name: "Massage & Ruhe" });
  });
  afterAll(() => pages.close());

  beforeEach(async () => {
    await db.delete(bookings);
    await db.delete(bookingSlots);
    const express = { category: "express", rushFeePercent: 50, price: 60 };
    const free = [ahead(3, 10), ahead(3, 12), ahead(4, 10), ahead(20, 10)].map((startsAt) => ({ startsAt }));
    slots = await addSlots(db, ...free.map((slot, n) => (n === 1 ? { ...slot, ...express } : slot)));
    problems.length = 0;
    requested.length = 0;
    page = await pages.browser.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    page.on("request", (request) => requested.push(request.url()));
    return () => page.close();
  });

  /** Books a slot. @returns the link in the email, pointing to this server. */
  async function book(slot = 0, over: Record<string, unknown> = {}): Promise<string> {
    const answer = await fetch(`${pages.url}/api/bookings`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
      body: JSON.stringify({ slotId: slots[slot], name: "Ada", email: "ada@club.example", ...over }),
    });
    expect(answer.status).toBe(201);
    const { booking } = (await answer.json()) as { booking: { id: string } };
    const [mail] = await db
      .select()
      .from(emailQueue)
      .where(eq(emailQueue.dedupeKey, `booking:${booking.id}:booked:0`));
    // The queued email has no token; it is inserted on sending.
    const sent = mail === undefined ? "" : insertLinkToken(mail).text;
    const link = /https:\S+\/booking\.html#\S+/.exec(sent)?.[0] ?? "";
    return link.replace(SETTINGS.EVENTS_BASE_URL, pages.url);
  }
  const booked = async () => (await db.select().from(bookings))[0];
  const heading = (name: string) => page.getByRole("heading", { name, level: 1 }).waitFor();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const message = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text }).waitFor();

  it("shows the booking in the customer's time zone, and names as plain text", async () => {
    await page.goto(await book(0, { timezone: "Asia/Kathmandu" }));
    await heading("Dein Termin");
    const shown = await page.locator("dl").innerText();
    expect(shown).toContain("Massage & Ruhe");
    expect(shown).toContain("Praxis <b>Nord</b>");
    expect(shown).toContain("15:45–16:45 Uhr");
    expect(shown).toContain("40,00");
    expect(shown).toContain((await booked())?.id);
    expect(problems).toEqual([]);
  });

  it("moves the booking to a free time", async () => {
    await page.goto(await book());
    await button("Verschieben").click();
    await page.getByRole("radio").first().waitFor();
    expect(await page.getByRole("radio").count()).toBe(2);
    await button("Auf diese Zeit verschieben").click();
    await message("Bitte wähle eine Zeit");
    await button("Spätere Zeiten anzeigen").click();
    await expect.poll(() => page.getByRole("radio").count()).toBe(3);
    await page.getByRole("radio", { name: /12:00–13:00/ }).check();
    await button("Auf diese Zeit verschieben").click();
    await message("Der Termin ist verschoben");
    const shown = await page.locator("dl").innerText();
    expect(shown).toContain("12:00–13:00 Uhr");
    expect(shown).toContain("60,00 (inkl. 50 % Expresszuschlag)");
    expect(await booked()).toMatchObject({ slotId: slots[1], status: "confirmed", sequence: 1 });
    expect(problems).toEqual([]);
  });

  it("cancels the booking after a confirmation", async () => {
    await page.goto(await book());
    await button("Absagen").click();
    await button("Nein, behalten").click();
    expect(await booked()).toMatchObject({ status: "confirmed" });
    await button("Absagen").click();
    await button("Ja, absagen").click();
    await heading("Der Termin ist abgesagt");
    await message("Der Termin ist abgesagt");
    expect(await booked()).toMatchObject({ status: "cancelled" });
    expect(await button("Verschieben").isVisible()).toBe(false);
    await page.reload();
    await heading("Der Termin ist abgesagt");
    expect(await button("Absagen").isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  it("says that the time was taken meanwhile and shows the remaining times", async () => {
    await page.goto(await book());
    await button("Verschieben").click();
    await page.getByRole("radio", { name: /12:00–13:00/ }).check();
    await book(1, { email: "bob@club.example" });
    await button("Auf diese Zeit verschieben").click();
    await message("gerade vergeben");
    await expect.poll(() => page.getByRole("radio").count()).toBe(1);
    expect((await db.select().from(bookings)).map(({ slotId }) => slotId).sort()).toEqual([slots[0], slots[1]]);
    expect(problems.filter((problem) => !problem.includes("409"))).toEqual([]); // the browser logs that itself
  });

  it("says that the booking changed meanwhile and shows its current state", async () => {
    await page.goto(await book());
    await heading("Dein Termin");
    await db.update(bookings).set({ status: "completed" });
    await button("Absagen").click();
    await button("Ja, absagen").click();
    await message("inzwischen geändert");
    expect(await page.locator("dl").innerText()).toContain("hat stattgefunden");
    expect(await button("Absagen").isVisible()).toBe(false);
  });

  it("works with the keyboard alone, in English", async () => {
    await page.goto(await book(0, { language: "en" }));
    await heading("Your appointment");
    expect(await page.getAttribute("html", "lang")).toBe("en");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // move
    await page.getByRole("radio").first().waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("times-title");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await message("has been moved");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // cancel: asks
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.id")).toBe("cancel");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter"); // yes
    await message("is cancelled");
    expect(await booked()).toMatchObject({ status: "cancelled", sequence: 2 });
    expect(problems).toEqual([]);
  });

  it.each([
    ["with another token", (link: string) => `${link.slice(0, -4)}AAAA`],
    ["of another booking", (link: string) => link.replace(/#[^.]+/, `#${randomUUID()}`)],
    ["that is cut off", (link: string) => link.slice(0, link.lastIndexOf("."))],
    ["without id and token", (link: string) => link.slice(0, link.indexOf("#"))],
  ])("explains a link %s", async (_, broken) => {
    await page.goto(broken(await book()));
    await message(/Dieser Link ist ungültig|This link is not valid/);
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.locator("dl").isVisible()).toBe(false);
  });

  it("shows a past booking without buttons", async () => {
    const link = await book();
    await db.update(bookings).set({ startsAt: ahead(-2, 10), endsAt: ahead(-2, 11) });
    await page.goto(link);
    await heading("Der Termin ist vorbei");
    expect(await page.getByRole("button").count()).toBe(0);
  });

  it("sends its token only in a header", async () => {
    const link = await book();
    const token = link.slice(link.lastIndexOf(".") + 1);
    await page.goto(link);
    await button("Verschieben").click();
    await page.getByRole("radio").first().check();
    await button("Auf diese Zeit verschieben").click();
    await message("verschoben");
    expect(requested.length).toBeGreaterThan(5);
    expect(requested.filter((url) => !url.startsWith(pages.url))).toEqual([]);
    // The part after # never leaves the browser.
    expect(requested.map((url) => url.split("#", 1)[0]).filter((url) => url?.includes(token))).toEqual([]);
    expect(await page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")).toEqual(["", 0, 0]);
  });

  it.each(["light", "dark"] as const)("fits a small phone and loads its style, in %s colours", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(await book());
    await button("Verschieben").click();
    await page.getByRole("radio").first().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    const line = await page.locator("label").first().boundingBox();
    expect(line?.height).toBeGreaterThanOrEqual(44); // what a thumb needs (WCAG 2.5.5)
    expect(await page.evaluate("document.styleSheets[0].cssRules.length")).toBeGreaterThan(0);
  });
});
