import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";
import { terminalPage } from "./pictures/terminal-page.ts";

/**
 * `npm run pictures`: runs `npm start` on a fixed date in a folder of its own and takes the README's pictures of it, with
 * Debian's chromium (or the one that `CHROMIUM` names). Look at them before you commit them.
 */
const DATE = "2026-02-03T08:30:00Z";
const EARLIER = "2026-01-12";
const REPORT_TO = "report@club.example";
const IMAGES = resolve("docs/images");
const TOKENS = { cron: "local-cron-secret", admin: "local-admin-token" };

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "taktwerk-pictures-"));
  for (const name of readdirSync(".")) if (name !== ".data") symlinkSync(resolve(name), join(home, name));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    await withServer(home, {}, async (url, output) => {
      await takeTerminal(browser, output.replaceAll(url, "http://127.0.0.1:3000"));
      const weekly = await newestMail(browser, url, "david4@club.example");
      await fire(url, "/api/events/monthly");
      await takeMail(browser, url, "david4@club.example", weekly, "mail", 1250);
      await takeBooking(browser, url, /#(\S+)/.exec(output)?.[1] ?? "");
      await takeConsole(browser, url);
      await fire(url, `/api/events/tracking?start=${EARLIER}`); // the week that the report compares with
    });
    await withServer(home, { TRACKING_REPORT_TO: REPORT_TO }, async (url) => {
      await fire(url, "/api/events/tracking");
      await takeMail(browser, url, REPORT_TO, undefined, "attendance", 1190);
    });
  } finally {
    await browser.close();
    rmSync(home, { recursive: true });
  }
}

type Use = (url: string, output: string) => Promise<void>;

/** Runs `npm start` as if in a terminal, uses it, and stops it. */
async function withServer(cwd: string, settings: Record<string, string>, use: Use): Promise<void> {
  const terminal = "data:text/javascript,process.stdout.isTTY=true;process.stdout.columns=120";
  const fixedDate = resolve("scripts/pictures/fixed-date.ts");
  const args = ["--import", terminal, "--import", fixedDate, "-C", "source", "dev/start.ts"];
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, PICTURES_DATE: DATE, PORT: "0", FORCE_COLOR: "1", ...settings };
  const server = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  server.stdout.on("data", (text) => {
    output += text;
  });
  try {
    for (let seconds = 0; !/stop +Ctrl-C/.test(output); seconds += 1) {
      if (server.exitCode !== null || seconds > 300) throw new Error(`npm start did not finish:\n${output}`);
      await sleep(1_000);
    }
    await use(/runs at (\S+)/.exec(output)?.[1] ?? "", output);
  } finally {
    if (server.exitCode === null) {
      server.kill("SIGTERM");
      await once(server, "close");
    }
  }
}

async function fire(url: string, path: string): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${TOKENS.cron}` },
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

async function takeConsole(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1130 }, locale: "en" });
  await page.clock.setFixedTime(new Date(Date.parse(DATE) + 180_000));
  await page.goto(`${url}/`);
  await page.getByRole("textbox").or(page.locator("input[type=password]")).first().fill(TOKENS.admin);
  await page.keyboard.press("Enter");
  await page.getByText("weekly-events").first().waitFor();
  await sleep(2_000);
  await save(page, "dashboard");
}

async function save(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await page.close();
}

await main();
