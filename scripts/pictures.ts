import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { DATE, settle, signIn, withBrowser, withServer } from "./pictures/demo-server.ts";
import { terminalPage } from "./pictures/terminal-page.ts";

/**
 * `npm run pictures`: runs `npm start` on a fixed date in a folder of its own and takes the README's pictures of it.
 * Look at them before you commit them.
 */
const EARLIER = "2026-01-12";
const REPORT_TO = "report@club.example";
const IMAGES = resolve("docs/images");
const CRON_SECRET = "local-cron-secret";

async function main(): Promise<void> {
  await withBrowser(async (browser, home) => {
    await withServer(home, {}, async (url, output) => {
      await takeTerminal(browser, output.replaceAll(url, "http://127.0.0.1:3000"));
      await takeConsole(browser, url);
      const weekly = await newestMail(browser, url, "david4@club.example");
      await fire(url, "/api/events/monthly");
      await takeMail(browser, url, "david4@club.example", weekly, "mail", 1250);
      await takeBooking(browser, url, /#(\S+)/.exec(output)?.[1] ?? "");
      await fire(url, `/api/events/tracking?start=${EARLIER}`); // the week that the report compares with
    });
    await withServer(home, { TRACKING_REPORT_TO: REPORT_TO }, async (url) => {
      await fire(url, "/api/events/tracking");
      await takeMail(browser, url, REPORT_TO, undefined, "attendance", 1190);
    });
  });
}

async function fire(url: string, path: string): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${CRON_SECRET}` },
    signal: AbortSignal.timeout(300_000),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
}

async function takeTerminal(browser: Browser, output: string): Promise<void> {
  const page = await browser.newPage();
  await page.setContent(terminalPage("npm ci && npm start", output.replace(/\.[\w-]{40,}/, ".…")));
  await page.locator("pre").screenshot({ path: join(IMAGES, "start.png") });
  await page.close();
}

/** The path of the newest mail to an address; undefined where there is none. */
async function newestMail(browser: Browser, url: string, address: string): Promise<string | undefined> {
  const page = await browser.newPage();
  await page.goto(`${url}/dev/mailbox?search=${encodeURIComponent(address)}`);
  const link = page.locator('a[href^="/dev/mailbox/"]').first();
  const path = (await link.count()) === 0 ? null : await link.getAttribute("href");
  await page.close();
  return path ?? undefined;
}

/** Takes the newest mail to an address, once one has arrived after `before`. */
async function takeMail(
  browser: Browser,
  url: string,
  address: string,
  before: string | undefined,
  name: string,
  height: number,
): Promise<void> {
  let path = await newestMail(browser, url, address);
  for (let seconds = 0; path === before; seconds += 1) {
    if (seconds > 60) throw new Error(`no mail to ${address} arrived`);
    await sleep(1_000);
    path = await newestMail(browser, url, address);
  }
  const page = await browser.newPage({ viewport: { width: 620, height } });
  await page.goto(`${url}${path}/html`);
  await save(page, name);
}

async function takeBooking(browser: Browser, url: string, fragment: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 620, height: 700 }, locale: "en" });
  await page.clock.setFixedTime(DATE);
  await page.goto(`${url}/booking.html#${fragment}`);
  await page.getByRole("button").first().waitFor();
  await save(page, "booking");
}

/** The overview, a run, and the overview on a phone. */
async function takeConsole(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale: "en" });
  const open = async (path: string, width: number): Promise<Page> => {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: width < 820 ? 844 : 1000 });
    await page.clock.setFixedTime(new Date(Date.parse(DATE) + 180_000));
    await page.goto(`${url}${path}`);
    await settle(page);
    return page;
  };
  const first = await context.newPage();
  await signIn(first, url);
  await first.close();
  await save(await open("/", 1280), "overview");
  await save(await open("/", 390), "overview-phone");
  const job = await open("/runs/weekly", 1280);
  await job.locator("main a[href^='/runs/weekly/']").first().click();
  await settle(job);
  await save(job, "run");
  await context.close();
}

async function save(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await page.close();
}

await main();
