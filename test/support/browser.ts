import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

/**
 * Opens Debian's chromium with its own profile and without background requests.
 * @param userAgent Replaces its user agent, which says that it is headless.
 */
export function openBrowser(userAgent?: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "taktwerk-browser-")), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      // Playwright's own option does not cover beacons.
      ...(userAgent === undefined ? [] : [`--user-agent=${userAgent}`]),
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
