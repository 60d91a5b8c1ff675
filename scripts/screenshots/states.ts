import type { Page } from "playwright-core";

export interface State {
  /** `page-state`, the beginning of the picture's name. */
  name: string;
  path: string;
  /** Leads to the state once the page has loaded. */
  act?: (page: Page) => Promise<void>;
}

const ADMIN = { email: "jo@nordlicht.example", password: "nordlicht-demo" };

/** The pages before the sign-in; the order keeps the wrong password from counting against the right one. */
export const SIGNED_OUT: readonly State[] = [
  { name: "sign-in-password", path: "/sign-in" },
  { name: "sign-in-code", path: "/sign-in", act: (page) => enter(page, ADMIN.email, ADMIN.password) },
  { name: "sign-in-wrong", path: "/sign-in", act: (page) => enter(page, "ida@nordlicht.example", "not the password") },
  { name: "forgot", path: "/forgot" },
  { name: "reset-expired", path: "/reset#token=expired" },
  { name: "invitation-expired", path: "/invitation#token=expired" },
];

/** The pages of an administrator. */
export const SIGNED_IN: readonly State[] = [
  { name: "overview", path: "/" },
  { name: "overview-search", path: "/", act: (page) => page.keyboard.press("Control+k") },
  { name: "overview-account-menu", path: "/", act: click("[aria-haspopup=menu]:visible") },
  { name: "bookings", path: "/bookings" },
  { name: "bookings-drawer", path: "/bookings", act: click(".ec-event, main a[href*='booking=']") },
  { name: "members", path: "/members" },
  { name: "members-drawer", path: "/members", act: click("main a[href*='member=']") },
  { name: "attendance", path: "/attendance" },
  { name: "mail", path: "/mail" },
  { name: "site", path: "/site" },
  { name: "runs", path: "/runs" },
  { name: "runs-job", path: "/runs/weekly" },
  { name: "runs-dialog", path: "/runs/weekly?dialog=run" },
  { name: "runs-dry-run", path: "/runs/weekly?dialog=run", act: dryRun },
  { name: "runs-pause", path: "/runs/weekly?dialog=pause" },
  { name: "runs-run", path: "/runs/weekly", act: click("main a[href^='/runs/weekly/']") },
  { name: "incidents", path: "/incidents" },
  { name: "incidents-incident", path: "/incidents", act: click("main a[href^='/incidents/']") },
  { name: "settings-account", path: "/settings/account" },
  { name: "settings-operators", path: "/settings/operators" },
  { name: "settings-tokens", path: "/settings/tokens" },
  { name: "settings-audit", path: "/settings/audit" },
  { name: "settings-system", path: "/settings/system" },
  { name: "parts", path: "/parts" },
  { name: "missing", path: "/settings/account/missing" },
];

function click(selector: string): (page: Page) => Promise<void> {
  return (page) => page.locator(selector).first().click();
}

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.locator("form button[type=submit]").click();
}

async function dryRun(page: Page): Promise<void> {
  await page.locator("dialog form input[type=radio]").first().check({ force: true });
  await page.locator("dialog button.primary").click();
  await page.locator("dialog form").waitFor({ state: "detached" });
  await page.locator("dialog button[aria-busy]").waitFor({ state: "detached", timeout: 60_000 });
}
