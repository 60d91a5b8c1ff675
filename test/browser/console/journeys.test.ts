import { sql } from "drizzle-orm";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { seedClub } from "../../../dev/demo-data/seed-club.ts";
import { rows } from "../../../lib/db/db.ts";
import { newestEnded } from "../../../lib/time/periods.ts";
import { words as incidentWords } from "../../../web/console/pages/incidents/words.ts";
import { memberWords } from "../../../web/console/pages/members/words.ts";
import { words as pauseWords } from "../../../web/console/pages/runs/pause/words.ts";
import { words as startWords } from "../../../web/console/pages/runs/start/words.ts";
import { words as runWords } from "../../../web/console/pages/runs/words.ts";
import { accountsWords } from "../../../web/console/pages/settings/words/accounts.ts";
import { signInWords } from "../../../web/console/pages/sign-in/words.ts";
import { words as uiWords } from "../../../web/console/ui/words.ts";
import { frameWords } from "../../../web/console/words/frame.ts";
import { searchWords } from "../../../web/console/words/search.ts";
import type { Pages } from "../../support/http/pages.ts";
import { openConsole, openTab, settled, type Tab } from "../../worlds/console.ts";

/** What operators do in the console from beginning to end, with the texts that they read. */

const frame = frameWords.en;
const incident = incidentWords.en;
const pause = pauseWords.en;
const runs = runWords.en;
const signIn = signInWords.en;
const start = startWords.en;

let pages: Pages;
beforeAll(async () => {
  pages = await openConsole();
  const { db } = pages.connection;
  await seedClub(db, newestEnded("week", new Date(), "UTC").end);
  return () => pages.close();
}, 120_000);

/** Runs a journey in a tab of its own. */
async function inTab(visit: Parameters<typeof openTab>[1], journey: (page: Page, tab: Tab) => Promise<void>) {
  const tab = await openTab(pages, visit);
  try {
    await journey(tab.page, tab);
  } finally {
    await tab.close();
  }
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(pages.url + path);
  await settled(page);
}

const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const addressOf = (page: Page) => page.url().slice(pages.url.length);

/** A text of the words with anything in the place of the values that are passed as `…`. */
const like = (text: string) =>
  new RegExp(text.replaceAll(/[.*+?^$()|{}[\]\\]/g, String.raw`\$&`).replaceAll("…", ".+"));

describe("signing in and out", () => {
  it("begins again when the session has ended on the server", async () => {
    await inTab({ role: "admin" }, async (page) => {
      await visit(page, "/incidents");
      const setEnd = (interval: string) =>
        rows(
          pages.connection.db,
          sql`update operator_sessions set expires_at = now() + ${interval}::interval where id = 'session of admin'`,
        );
      await setEnd("-1 hour");
      await page.getByRole("link", { name: frame.areas.mail }).first().click();
      await page.getByRole("heading", { name: signIn.signIn.title }).waitFor();
      expect(addressOf(page)).toBe("/sign-in?next=%2Fmail");
      await setEnd("1 hour");
    });
  });
});

describe("jobs and incidents", () => {
  it("shows what a run of last week would change, and asks before it repeats one", async () => {
    await inTab({ role: "staff" }, async (page) => {
      await visit(page, "/runs/weekly");
      await button(page, runs.actions.run).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(runs.parameters.week ?? "").selectOption({ index: 1 });
      await dialog.getByRole("button", { name: start.buttons.dry }).click();
      await dialog.getByText(like(start.dryDone("…"))).waitFor();
      await dialog.getByRole("button", { name: start.again }).click();
      await dialog.getByText(start.modes.force.label, { exact: true }).click();
      await dialog.getByRole("button", { name: start.buttons.force }).click();
      await dialog.getByText(start.forceTitle).waitFor();
      await dialog.getByRole("button", { name: start.confirmForce }).click();
      await dialog.getByText(like(start.done("…"))).waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      expect(addressOf(page)).toBe("/runs/weekly");
    });
  });

  it("pauses a job until a day, and resumes it by Undo", async () => {
    await inTab({ role: "staff" }, async (page) => {
      await visit(page, "/runs/dispatch");
      await button(page, runs.actions.pause).click();
      const confirm = page.getByRole("button", { name: pause.confirm });
      await confirm.click();
      await seen(page, pause.reasonMissing);
      await page.getByLabel(pause.reason).fill("The mail server moves");
      await confirm.click();
      await seen(page, /The mail server moves/);
      await button(page, uiWords.en.undo).click();
      await button(page, runs.actions.pause).waitFor();
    });
  });

  it("offers a viewer none of it", async () => {
    await inTab({ role: "viewer" }, async (page) => {
      await visit(page, "/runs/weekly");
      expect(await page.getByRole("button", { name: /Run…|Pause…/ }).count()).toBe(0);
      await visit(page, "/incidents");
      expect(await page.locator("main").getByRole("button", { name: incident.acknowledge }).count()).toBe(0);
    });
  });
});

it("shows an API token once, and revokes it", async () => {
  const { tokens } = accountsWords.en;
  await inTab({ role: "admin" }, async (page) => {
    await visit(page, "/settings/tokens");
    await button(page, tokens.create).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(tokens.name).fill("Door screen");
    await dialog.getByRole("button", { name: tokens.submit }).click();
    await dialog.getByText(tokens.shown).waitFor();
    const token = await dialog.locator("code").innerText();
    const ask = () => fetch(`${pages.url}/api/admin/jobs`, { headers: { Authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await page.keyboard.press("Escape");
    await page.reload();
    const row = page.getByRole("row", { name: /Door screen/ });
    await row.getByRole("button", { name: tokens.revoke }).click();
    expect(await page.content()).not.toContain(token);
    await dialog.getByRole("button", { name: tokens.revoke }).click();
    await row.getByText(tokens.revokedPill).waitFor();
    expect((await ask()).status).toBe(401);
  });
});

it("finds a member by keyboard", async () => {
  await inTab({ role: "viewer" }, async (page) => {
    await visit(page, "/members");
    const list = page.getByRole("table", { name: memberWords.en.list });
    const [name = ""] = (await list.locator("tbody tr .person > span").last().innerText()).split("\n");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: searchWords.en.placeholder }).waitFor();
    await page.keyboard.type(name);
    await page.getByRole("option", { name }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("heading", { name }).waitFor();
    expect(addressOf(page)).toMatch(/^\/members\?member=/);
  });
});
