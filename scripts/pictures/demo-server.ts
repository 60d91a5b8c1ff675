import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";

/** The date on which the demo runs in pictures, so that they change only with the code. */
export const DATE = "2026-02-03T08:30:00Z";

/** Runs `use` with a folder in which `npm start` keeps its data, and with Debian's chromium (or the one that `CHROMIUM` names). */
export async function withBrowser(use: (browser: Browser, home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "taktwerk-pictures-"));
  for (const name of readdirSync(".")) if (name !== ".data") symlinkSync(resolve(name), join(home, name));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    await use(browser, home);
  } finally {
    await browser.close();
    rmSync(home, { recursive: true });
  }
}

type Use = (url: string, output: string) => Promise<void>;

/** Runs `npm start` as if in a terminal, uses it, and stops it. */
export async function withServer(cwd: string, settings: Record<string, string>, use: Use): Promise<void> {
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
      if (server.exitCode !== null || seconds > 600) throw new Error(`npm start did not finish:\n${output}`);
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

/** Signs in to the console as the demo's administrator, for all pages of the same context. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/dev/accounts`);
  await page.locator("button[data-account=operator-jo]").click();
  await page.waitForURL(`${url}/`, { timeout: 120_000 });
}

/** Waits until a page of the console shows its values. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await sleep(500);
}
