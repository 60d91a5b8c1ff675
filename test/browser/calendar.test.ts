import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LocalCalendar, localCalendar } from "../../dev/calendar/local-calendar.ts";
import { openPages, type Pages } from "../support/http/pages.ts";

const BERATUNG = "beratung@club.example";
const FIRST = "termin2026020900";
const TITLE = `Max "Maxl" Mustermann & Co. <b> (ghost)`;

describe("the calendar of npm start", () => {
  let calendar: LocalCalendar;
  let pages: Pages;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), "taktwerk-calendar-")), "calendar.json");
    calendar = await localCalendar(file, () => new Date("2026-02-09T22:30:00Z"));
    pages = await openPages({ calendar: calendar.handle });
  });
  afterAll(() => pages.close());

  beforeEach(async () => {
    problems.length = 0;
    page = await pages.browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    page.on("requestfailed", (request) => problems.push(`${request.failure()?.errorText}: ${request.url()}`));
    return () => page.close();
  });

  const day = "/dev/calendar?calendar=beratung%40club.example&date=2026-02-09";
  const row = () => page.locator(`tr[data-event="${FIRST}"]`);
  const stored = () => calendar.source.calendar(BERATUNG)?.event(FIRST);

  it("saves an edited title and colour", async () => {
    await page.goto(`${pages.url}/dev/calendar`);
    expect(await page.textContent("h1")).toBe("Beratung, Monday 2026-02-09");
    await row().getByLabel("Title").fill(TITLE);
    await row().getByLabel("Colour").selectOption({ label: "11 Tomato" });
    await row().getByRole("button", { name: "Save" }).click();
    await page.waitForURL(`**${day}`);
    expect(await row().getByLabel("Title").inputValue()).toBe(TITLE);
    expect(await row().getByLabel("Colour").inputValue()).toBe("11");
    expect(await stored()).toMatchObject({ summary: TITLE, colorId: "11" });
    expect(problems).toEqual([]);
  });

  it("moves an event to another day", async () => {
    await page.goto(`${pages.url}${day}`);
    await row().getByLabel("Start").fill("2026-02-10T09:00");
    await row().getByLabel("End", { exact: true }).fill("2026-02-10T10:00");
    await row().getByLabel("Title").press("Enter");
    await page.waitForFunction(`!document.querySelector('tr[data-event="${FIRST}"]')`);
    await page.getByRole("link", { name: "Next day" }).click();
    expect(await page.textContent("h1")).toBe("Beratung, Tuesday 2026-02-10");
    expect(await row().getByLabel("Start").inputValue()).toBe("2026-02-10T09:00");
    expect(problems).toEqual([]);
  });

  it("deletes and restores an event", async () => {
    await page.goto(`${pages.url}${day.replace("09", "10")}`);
    await row().getByRole("button", { name: "Delete" }).click();
    await row().getByText("deleted").waitFor();
    expect(await stored()).toMatchObject({ status: "cancelled" });
    await row().getByRole("button", { name: "Restore" }).click();
    await row().getByRole("button", { name: "Delete" }).waitFor();
    expect(await stored()).toMatchObject({ status: "confirmed" });
    expect(problems).toEqual([]);
  });

  it("explains invalid input and leads back", async () => {
    await page.goto(`${pages.url}${day.replace("09", "10")}`);
    await row().getByLabel("End", { exact: true }).fill("2026-02-10T08:00");
    await row().getByRole("button", { name: "Save" }).click();
    await page.getByText('end: expected 2026-02-10T09:00 or later, got "2026-02-10T08:00"').waitFor();
    await page.getByRole("link", { name: "Back" }).click();
    expect(await row().getByLabel("End", { exact: true }).inputValue()).toBe("2026-02-10T10:00");
  });

  it("links to the other calendar", async () => {
    await page.goto(`${pages.url}${day}`);
    await page.getByRole("link", { name: "Training" }).click();
    expect(await page.textContent("h1")).toBe("Training, Monday 2026-02-09");
    expect(problems).toEqual([]);
  });
});
