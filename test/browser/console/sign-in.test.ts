import { beforeAll, expect, it } from "vitest";
import { operators } from "../../../lib/operators/schema.ts";
import type { Pages } from "../../support/http/pages.ts";
import { openConsole, openTab, settled, signInAs } from "../../worlds/console.ts";
import { addAccount, BACKUP_CODES, codeOf, PASSWORD } from "../../worlds/console-accounts.ts";

/** Signing in, being signed out, and what surrounds the pages: search, account menu, banner. */

let pages: Pages;
beforeAll(async () => {
  pages = await openConsole();
  await addAccount(pages.connection.db, "admin", "robin");
  await pages.connection.db.update(operators).set({ language: "en" });
  return () => pages.close();
}, 120_000);

it("signs in by keyboard, again after a wrong password and a wrong code, and leads back to the page that was asked for", async () => {
  const { page, problems, close } = await openTab(pages, { role: null });
  await page.goto(`${pages.url}/settings/audit?range=7d`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.locator("input[name=email]:focus").waitFor();
  await page.keyboard.type("robin@club.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("not this password");
  await page.keyboard.press("Enter");
  await page.getByText("E-mail and password do not match.").waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("robin@club.example");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Enter the code" }).waitFor();
  await page.getByLabel("Code", { exact: true }).fill(codeOf() === "000000" ? "000001" : "000000");
  await page.keyboard.press("Enter");
  await page.getByText("This code is wrong").waitFor();
  await page.getByLabel("Code", { exact: true }).fill(codeOf());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
  expect(page.url()).toBe(`${pages.url}/settings/audit?range=7d`);
  await page.getByText("signed in with a code").first().waitFor();
  // The browser logs the two refusals, and nothing else.
  expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  await close();
});

it("takes a backup code, signs out by the menu, and stays signed out", async () => {
  const { page, close } = await openTab(pages, { role: null });
  await page.goto(`${pages.url}/sign-in`);
  await page.getByLabel("E-mail").fill("robin@club.example");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Use a backup code" }).click();
  await page.getByLabel("Backup code").fill(BACKUP_CODES[0] ?? "");
  await page.keyboard.press("Enter");
  await page
    .getByRole("button", { name: /^Account: / })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto(`${pages.url}/runs`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await close();
});

it("invites an operator from the settings, and lists the invitation", async () => {
  const admin = await openTab(pages, { role: "admin" });
  await admin.page.goto(`${pages.url}/settings/operators`);
  await admin.page.getByRole("button", { name: "Invite an operator" }).click();
  await admin.page.getByLabel("E-mail").fill("new@club.example");
  const [answer] = await Promise.all([
    admin.page.waitForResponse(
      (response) => response.url().endsWith("/api/auth/invitations") && response.request().method() === "POST",
    ),
    admin.page.getByRole("button", { name: "Send invitation" }).click(),
  ]);
  expect(answer.status()).toBe(201);
  await admin.page.getByText("new@club.example").first().waitFor();
  await admin.close();
});

it("goes to the sign-in when the session has ended, and shows an old link for what it is", async () => {
  const { page, close } = await openTab(pages, { role: "viewer" });
  await page.goto(`${pages.url}/runs`);
  await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Members" }).first().click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(new URL(page.url()).searchParams.get("next")).toMatch(/^\/members/);
  await signInAs(page.context(), pages.url, "viewer");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Members" }).waitFor();
  await page.goto(`${pages.url}/reset#token=0xvK5r9Qb2nT7cLw0xvK5r9Qb2nT7cLw`);
  await page.getByRole("heading", { name: "Set a new password" }).waitFor();
  expect(page.url()).toBe(`${pages.url}/reset`);
  await page.getByLabel("New password").fill("three words and more");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  await close();
});

it("says that the server is away, and recovers by itself", async () => {
  const { page, close } = await openTab(pages, { role: "viewer" });
  await page.goto(`${pages.url}/runs`);
  await page.getByRole("heading", { level: 1, name: "Runs" }).waitFor();
  await settled(page);
  await page.route("**/api/**", (route) => route.abort());
  await page.getByRole("link", { name: "Mail" }).first().click();
  await page.getByText("The server cannot be reached. What you see").waitFor();
  await page.unroute("**/api/**");
  await page.getByText("The server answers again.").waitFor();
  await close();
});

it("finds a page with Ctrl K and the arrow keys, and hides from viewers what they may not do", async () => {
  const { page, close } = await openTab(pages, { role: "viewer" });
  await page.goto(`${pages.url}/settings`);
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  expect(await page.getByRole("link", { name: "Operators" }).count()).toBe(0);
  await page.goto(`${pages.url}/settings/operators`);
  await page.getByText("Only administrators see this").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("m");
  await page.getByRole("option", { name: "Members" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Mail" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/mail");
  await close();
});
