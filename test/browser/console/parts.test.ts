import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { openPages, type Pages } from "../../support/http/pages.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addOperator, CONSOLE_SECRET, cookieOf } from "../../worlds/operators.ts";

/** What the components do, on the page that shows them all. */

let pages: Pages;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  pages = await openPages();
  configure({ ...SETTINGS, CONSOLE_SECRET, EVENTS_BASE_URL: pages.url });
  await addOperator(pages.connection.db, { id: "admin", role: "admin", language: "en" });
  const [name = "", value = ""] = cookieOf("admin", { isSecure: false }).split("=", 2);
  await pages.browser.addCookies([{ name, value, url: pages.url, httpOnly: true, sameSite: "Strict" }]);
  page = await pages.browser.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => problems.push(message.text()));
}, 60_000);
afterAll(() => pages.close());

const focused = () => page.evaluate<string>("document.activeElement.textContent");
const button = (name: string) => page.getByRole("button", { name, exact: true });

async function open(width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${pages.url}/parts`);
  await button("Close a day…").waitFor();
}

describe.each([1440, 390])("at %i px", (width) => {
  beforeAll(() => open(width));

  it("a dialog closes on Escape and outside, unless something was typed, and returns the focus", async () => {
    const dialog = page.getByRole("dialog", { name: "Close Wednesday, 2 December" });
    for (const close of [() => page.keyboard.press("Escape"), () => page.mouse.click(5, 5)]) {
      await button("Close a day…").click();
      await dialog.waitFor();
      await close();
      await dialog.waitFor({ state: "detached" });
      expect(await focused()).toBe("Close a day…");
    }
    await button("Close a day…").click();
    await dialog.getByLabel("Note to them").fill("Get well soon.");
    await page.mouse.click(5, 5);
    expect(await dialog.getByLabel("Note to them").inputValue()).toBe("Get well soon.");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await focused()).toBe("Close a day…");
  });

  it("a drawer takes the focus to its title and returns it", async () => {
    await button("Open a booking").click();
    const drawer = page.getByRole("dialog", { name: "1:1 training with Ben Krause" });
    await drawer.waitFor();
    expect(await focused()).toBe("1:1 training with Ben Krause");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    expect(await focused()).toBe("Open a booking");
  });

  it("a menu is used by keyboard alone, inside the screen", async () => {
    await button("More actions").focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu");
    await menu.getByRole("menuitem", { name: "Run again" }).and(page.locator(":focus")).waitFor();
    const { x = -1, width: wide = 0 } = (await menu.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + wide).toBeLessThanOrEqual(width);
    await page.keyboard.press("End");
    expect(await focused()).toBe("Remove");
    await page.keyboard.press("o");
    expect(await focused()).toBe("Open the log");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await page.getByText("The run has started.", { exact: true }).waitFor();
    expect(await menu.count()).toBe(0);
  });

  it("a form says what is wrong, goes to the first error, and keeps what was entered", async () => {
    const form = page.getByRole("form", { name: "Invite a colleague" });
    await form.getByRole("button", { name: "Invite" }).click();
    await form.getByText("Enter the name.").waitFor();
    await form.getByText("Something is missing after the @.").waitFor();
    await form.locator("[aria-invalid=true]:focus").waitFor();
    await page.keyboard.type("Emma Sommer");
    expect(await form.getByLabel("E-mail").inputValue()).toBe("emma@");
    await form.getByLabel("E-mail").fill("emma@club.example");
    await form.getByRole("button", { name: "Invite" }).click();
    await page.getByText("emma@club.example was invited.").waitFor();
  });

  it("a chart reads its values by arrow keys, and is a table on demand", async () => {
    const chart = page.locator(".chart").filter({ has: page.getByRole("img", { name: /^Show rate\./ }) });
    await chart.getByRole("img").focus();
    await page.keyboard.press("End");
    const latest = await chart.locator("[aria-live]").innerText();
    expect(latest).toMatch(/^Tue 1 Dec: show rate [\d.]+%$/);
    await page.keyboard.press("ArrowLeft");
    expect(await chart.locator("[aria-live]").innerText()).toMatch(/^Mon 30 Nov: /);
    const figures = page.locator(".part-example").filter({ has: page.getByRole("img", { name: /^Show rate\./ }) });
    const place = await figures.first().elementHandle();
    await chart.getByRole("button", { name: "As a table" }).click();
    expect(await place?.$$eval("tbody tr", (rows) => rows.length)).toBe(30);
  });
});

it("a booking that is dragged says its time in the club's zone, and stays until it is confirmed", async () => {
  await open(1440);
  const booking = page.locator(".ec-event.conflict");
  await booking.scrollIntoViewIfNeeded();
  await booking.focus();
  await page.keyboard.press("Enter");
  await page.locator(".ec-event.conflict.selected[aria-pressed=true]:focus").waitFor();
  const { x = 0, y = 0, height: hour = 0 } = (await booking.boundingBox()) ?? {};
  await page.mouse.move(x + 20, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 10 + hour * 2, { steps: 6 });
  await page.getByText("11:00–12:00").waitFor();
  await page.mouse.up();
  await page.getByText("Ask whom to notify, then move to 2026-12-02T11:00:00.000Z.").waitFor();
  expect(await booking.innerText()).toContain("closed day");
});

it("logs nothing to the browser's console", () => expect(problems).toEqual([]));
