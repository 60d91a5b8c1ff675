import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../lib/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { openPglite } from "../../lib/db/embedded.ts";
import { serve } from "../../lib/dev/server.ts";
import { openBrowser } from "../support/browser.ts";
import { addUsers, addWorkouts, pushups, running } from "../support/club.ts";
import { SETTINGS } from "../support/club-settings.ts";
import { fireWeekly } from "../support/invoke-weekly.ts";

const MONDAY = "2026-02-09T00:05:00Z";

describe("the local run's pages", () => {
  let browser: BrowserContext;
  let page: Page;
  let url: string;
  let close: () => Promise<void>;
  const problems: string[] = [];

  beforeAll(async () => {
    configure(SETTINGS);
    const connection = await openPglite();
    useConnection(connection);
    await addUsers(connection.db, { id: "ada", nickname: "Ada" }, { id: "eve", nickname: "<script>alert(1)</script>" });
    await addWorkouts(connection.db, {
      userId: "ada",
      at: "2026-02-03T10:00:00Z",
      activities: [pushups(12), running(5.2)],
    });
    await fireWeekly(connection.db, MONDAY);
    const server = await serve(0);
    url = server.url;
    browser = await openBrowser();
    close = async () => {
      await browser.close();
      await server.close();
      await connection.close();
    };
  });
  afterAll(() => close());

  beforeEach(async () => {
    problems.length = 0;
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  });

  it("show the start page with its style", async () => {
    await page.goto(url);
    expect(await page.textContent("h1")).toBe("Taktwerk");
    expect(await page.evaluate("getComputedStyle(document.body).margin")).toBe("0px");
  });

  it("list the queued mails and find one by its recipient", async () => {
    await page.goto(`${url}/dev/mailbox`);
    expect(await page.locator("tbody tr").count()).toBe(2);
    await page.getByLabel("Recipient").fill("ada@");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL("**to=ada**");
    expect(await page.locator("tbody tr").count()).toBe(1);
  });

  it("show a mail as its reader would see it", async () => {
    await page.goto(`${url}/dev/mailbox?to=ada@`);
    await page.getByRole("link", { name: "Deine Wochenbilanz ist da!" }).click();
    const mail = page.frameLocator("iframe");
    await mail.getByText("Hallo Ada,").waitFor();
    expect(await mail.getByText("12 Liegestütze", { exact: true }).count()).toBe(1);
    expect(await mail.getByText("5,2 km Laufen", { exact: true }).count()).toBe(1);
    await page.getByRole("link", { name: "Plain text" }).click();
    expect(await page.textContent("body")).toContain("12 Liegestütze");
  });

  it("show a name that is a script as the text it is", async () => {
    await page.goto(`${url}/dev/mailbox?to=eve@`);
    await page.getByRole("link", { name: "Deine Wochenbilanz ist da!" }).click();
    await page.frameLocator("iframe").getByText("Hallo <script>alert(1)</script>,").waitFor();
    expect(problems).toEqual([]);
  });
});
