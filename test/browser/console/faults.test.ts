import type { Page, Route } from "playwright-core";
import { afterEach, beforeAll, expect, it } from "vitest";
import { memberWords } from "../../../web/console/pages/members/words.ts";
import { overviewWords } from "../../../web/console/pages/overview/words.ts";
import { words as uiWords } from "../../../web/console/ui/words.ts";
import { frameWords } from "../../../web/console/words/frame.ts";
import type { Pages } from "../../support/http/pages.ts";
import { openConsole, openTab, settled, type Tab } from "../../worlds/console.ts";

/** What the console says when the server fails, and that it goes on when the server works again. */

const { chunk, recovered, trouble, areas } = frameWords.en;
const { errors, tryAgain, loading } = uiWords.en;
const members = memberWords.en;

let pages: Pages;
let tab: Tab;
let page: Page;
beforeAll(async () => {
  pages = await openConsole();
  tab = await openTab(pages);
  page = tab.page;
  return async () => {
    await tab.close();
    await pages.close();
  };
}, 120_000);
afterEach(() => page.unrouteAll());

const open = async (path: string) => {
  await page.goto(pages.url + path);
  await settled(page);
};
const seen = (text: string) => page.getByText(text).first().waitFor();

const answer = (route: Route, status: number, code: string, headers: Record<string, string> = {}) =>
  route.fulfill({
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ status: "error", error: { code, message: `said with ${code}`, requestId: "request-17" } }),
  });

it("says in one card that the server reported an error, keeps the rest, and tries again", async () => {
  await page.route("**/api/admin/members?*", (route) => answer(route, 500, "internal"));
  await open("/members");
  const alert = page.getByRole("alert");
  await alert.getByText(members.failedToLoad).waitFor();
  expect(await alert.innerText()).toContain(errors.failed);
  expect(await alert.innerText()).toContain("request-17");
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(members.title);
  await page.unrouteAll();
  await alert.getByRole("button", { name: tryAgain }).click();
  await alert.waitFor({ state: "detached" });
});

it("says over all pages that the server cannot be reached, keeps what it showed, and recovers by itself", async () => {
  await open("/");
  await page.route("**/api/**", (route) => route.abort());
  await page.getByRole("button", { name: overviewWords.en.refresh }).click();
  await seen(trouble.unreachable);
  await seen(overviewWords.en.failed);
  expect(await page.getByRole("heading", { name: overviewWords.en.bookings.title }).count()).toBe(1);
  await page.unrouteAll();
  await seen(recovered);
  await page.getByText(overviewWords.en.failed).waitFor({ state: "detached" });
});

it("says that the server cannot work, and goes on when it can", async () => {
  await open("/");
  await page.route("**/api/**", (route) => answer(route, 503, "unavailable", { "retry-after": "1" }));
  await page.getByRole("link", { name: areas.mail }).first().click();
  await seen(trouble.refusing);
  await page.unrouteAll();
  await seen(recovered);
  await settled(page);
  await page.getByRole("alert").waitFor({ state: "detached" });
});

it("shows that it loads while the server is slow", async () => {
  await open("/");
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route("**/api/**", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("link", { name: areas.members }).first().click();
  await page.getByRole("status").filter({ hasText: loading }).first().waitFor();
  go();
  await seen(members.none);
});

it("offers to load a page again whose code did not come", async () => {
  await open("/");
  await page.route(/\/[\w-]*\.js$/, (route) => route.abort());
  await page.getByRole("link", { name: areas.attendance }).first().click();
  await seen(chunk.title);
  expect(await page.getByRole("navigation").first().isVisible()).toBe(true);
  await page.unrouteAll();
  await page.getByRole("button", { name: chunk.reload }).click();
  await settled(page);
  await page.getByText(chunk.title).waitFor({ state: "detached" });
  expect(new URL(page.url()).pathname).toBe("/attendance");
});
