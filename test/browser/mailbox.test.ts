import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startMailbox } from "../../dev/mailbox/smtp-server.ts";
import { openPages, type Pages } from "../support/http/pages.ts";
import { sendMailboxMails } from "../worlds/mailbox.ts";

describe("the pages of npm start", () => {
  let pages: Pages;
  let url: string;
  let page: Page;
  let close: () => Promise<void>;
  const problems: string[] = [];

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), "taktwerk-mails-"));
    const mailbox = await startMailbox(directory);
    await sendMailboxMails(mailbox.port);
    pages = await openPages({ mails: directory });
    url = pages.url;
    close = async () => {
      await pages.close();
      await mailbox.close();
    };
  });
  afterAll(() => close());

  beforeEach(async () => {
    problems.length = 0;
    page = await pages.browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
    // Every request to elsewhere ends in one of these; `csp` says that the browser never made it.
    page.on("requestfinished", (request) => {
      if (!request.url().startsWith(url)) problems.push(`request: ${request.url()}`);
    });
    page.on("requestfailed", (request) => {
      if (request.failure()?.errorText !== "csp") problems.push(`${request.failure()?.errorText}: ${request.url()}`);
    });
    return () => page.close();
  });

  it("show the start page with its style", async () => {
    await page.goto(url);
    expect((await page.textContent("h1"))?.trim()).toBe("Sign in");
    expect(await page.evaluate("getComputedStyle(document.body).margin")).toBe("0px");
  });

  it("list the delivered emails and find one by recipient or subject", async () => {
    await page.goto(`${url}/dev/mailbox`);
    expect(await page.locator("tbody tr").count()).toBe(2);
    await page.getByText("No mail is waiting in the queue.").waitFor();
    for (const search of ["ADA@", "wochenbilanz"]) {
      await page.getByLabel("Recipient or subject").fill(search);
      await page.getByRole("button", { name: "Search" }).click();
      await page.waitForURL(`**search=${encodeURIComponent(search)}`);
      expect(await page.locator("tbody tr").allInnerTexts()).toEqual([expect.stringContaining("ada@club.example")]);
    }
    expect(problems).toEqual([]);
  });

  it("show an email as its reader sees it", async () => {
    await page.goto(`${url}/dev/mailbox?search=ada@`);
    await page.getByRole("link", { name: "Deine Wochenbilanz ist da!" }).click();
    const mail = page.frameLocator("iframe");
    await mail.getByText("Hallo Ada,").waitFor();
    expect(await mail.getByText("Hallo Ada,").evaluate((line) => line.style.color)).toBe("rgb(15, 92, 74)");
    const unsubscribe = page.getByRole("link", { name: "https://taktwerk.example/api/events/emails/unsubscribe" });
    expect(await unsubscribe.getAttribute("href")).toContain("?token=a.b");
    await page.getByRole("link", { name: "Plain text" }).click();
    await page.waitForURL("**/text");
    expect(await page.textContent("body")).toContain("12 Liegestütze");
    await page.goBack();
    await page.getByRole("link", { name: "Source" }).click();
    await page.waitForURL("**/raw");
    expect(await page.textContent("body")).toContain("Content-Type: text/calendar");
    expect(problems).toEqual([]);
  });

  it("save an attachment under its name", async () => {
    await page.goto(`${url}/dev/mailbox/1`);
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "termin.ics" }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toBe("termin.ics");
    expect(await readFile(await download.path(), "utf8")).toContain("BEGIN:VCALENDAR");
  });

  it("keep a hostile email harmless, in its frame and on its own", async () => {
    await page.goto(`${url}/dev/mailbox`);
    await page.getByRole("link", { name: "<script>alert(4)</script>" }).click();
    expect(await page.textContent("h1")).toBe("<script>alert(4)</script>");
    const mail = page.frameLocator("iframe[sandbox]");
    await mail.getByText("Harmless").waitFor();
    await mail.getByRole("button", { name: "Win" }).click();
    await mail.getByRole("link", { name: "Link" }).click();
    await page.getByRole("link", { name: "HTML", exact: true }).click();
    await page.getByText("Harmless").waitFor();
    await page.getByRole("button", { name: "Win" }).click();
    await page.waitForTimeout(300); // long enough for a refresh of 0 seconds
    expect(page.url()).toBe(`${url}/dev/mailbox/2/html`);
    expect(problems).toEqual([]);
  });
});
