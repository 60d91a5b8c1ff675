import { sql } from "drizzle-orm";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { availabilityExceptions } from "../../../lib/booking/schema.ts";
import { at, type Db, row } from "../../../lib/db/db.ts";
import { operators } from "../../../lib/operators/schema.ts";
import { DAY_MS } from "../../../lib/time/durations.ts";
import type { Pages } from "../../support/http/pages.ts";
import { fillConsole, openConsole, openTab, settled } from "../../worlds/console.ts";
import { addMails } from "../../worlds/ledger.ts";

/** The pages of the areas: bookings, members, attendance, mail and site. */

const now = new Date();
let pages: Pages;
let db: Db;
beforeAll(async () => {
  pages = await openConsole();
  db = pages.connection.db;
  await db.update(operators).set({ language: "en" });
  await fillConsole(pages, now);
  const unknown = { status: "failed", failure: "unknown", error: "delivery-unknown" };
  await addMails(db, now, { ...unknown, minutesAgo: 70, attempts: 1, processedAt: now });
  const { providerId, date } = await bookingAhead();
  await db.insert(availabilityExceptions).values({ providerId, date, kind: "closed", reason: SICK });
}, 120_000);
afterAll(() => pages.close());

const SICK = "Ben is sick";

/** A confirmed booking that is at least two days ahead. */
const bookingAhead = () =>
  row<{ providerId: string; date: string }>(
    db,
    sql`select provider_id as "providerId", (starts_at at time zone provider_timezone)::date::text as date
      from bookings where status = 'confirmed' and starts_at > ${at(new Date(Number(now) + 2 * DAY_MS))}
      order by starts_at, id limit 1`,
  );

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${pages.url}/${path}`);
  await settled(page);
}

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

it("show conflicts first, and confirm a request after naming customer and time", async () => {
  const { page, problems, close } = await openTab(pages, { role: "staff" });
  await open(page, "bookings");
  expect(await page.locator(".note.bad").innerText()).toContain(SICK);
  const requests = card(page, "Requests");
  const name = (await requests.getByRole("listitem").first().getByRole("link").innerText()).trim();
  await requests.getByRole("listitem").first().getByRole("link").click();
  await page.locator(".drawer").getByText("Request", { exact: true }).waitFor();
  const id = new URL(page.url()).searchParams.get("booking");
  await page.locator(".drawer").getByRole("button", { name: "Confirm" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm booking" });
  expect(await dialog.innerText()).toContain(name);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await page.getByText(`The booking of ${name} is confirmed.`).waitFor();
  await page.locator(".drawer").getByText("Confirmed", { exact: true }).waitFor();
  expect(await row(db, sql`select status from bookings where id = ${id}`)).toEqual({ status: "confirmed" });
  await page.goBack();
  await page.locator(".drawer").waitFor({ state: "detached" });
  expect(problems).toEqual([]);
  await close();
});

it("find a member and show results in a drawer, which Back closes", async () => {
  const { page, close } = await openTab(pages);
  await open(page, "members");
  const { id, name } = await row<{ id: string; name: string }>(
    db,
    sql`select id, nickname as name from users join weekly_results on user_id = id order by total_points desc limit 1`,
  );
  await page.getByRole("searchbox").fill(name.toUpperCase());
  const link = page.getByRole("table", { name: "Members" }).getByRole("link", { name });
  await link.first().click();
  const drawer = page.locator(".drawer");
  await drawer.getByText("Best week").waitFor();
  expect(new URL(page.url()).searchParams.get("search")).toBe(name.toUpperCase());
  const { best } = await row<{ best: number }>(
    db,
    sql`select max(total_points)::float8 as best from weekly_results where user_id = ${id}`,
  );
  expect(await drawer.innerText()).toContain(`${Math.round(best).toLocaleString("en-GB")} points`);
  await page.goBack();
  await drawer.waitFor({ state: "detached" });
  await close();
});

it("send a failed mail again, and leave out those that may have arrived", async () => {
  const { page, problems, close } = await openTab(pages, { role: "staff" });
  await open(page, "mail");
  const failed = card(page, "Failed");
  expect(await failed.innerText()).toContain("The mailbox does not exist.");
  await failed.getByRole("button", { name: "Unclear" }).click();
  expect(new URL(page.url()).searchParams.get("reason")).toBe("unknown");
  expect(await failed.getByRole("table").locator("tbody tr").count()).toBe(1);
  await failed.getByRole("button", { name: "Send all 2 again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send 1 again" }).click();
  await page.getByText("1 mail is queued again. 1 mail was left as it is.").waitFor();
  expect(
    await row(db, sql`select count(*)::int as left from email_queue where status = 'failed' and failure is not null`),
  ).toEqual({ left: 1 });
  expect(problems).toEqual([]);
  await close();
});

it("show the attendance of another day and span, which are in the address", async () => {
  const { page, close } = await openTab(pages);
  await open(page, "attendance");
  await page.getByRole("radio", { name: "7 days" }).check({ force: true });
  await page.getByRole("button", { name: "The day before" }).click();
  await settled(page);
  const { searchParams } = new URL(page.url());
  const day = searchParams.get("day");
  expect(searchParams.get("range")).toBe("7d");
  const { appointments } = await row<{ appointments: number }>(
    db,
    sql`select count(*)::int as appointments from calendar_appointments where local_date = ${day}::date`,
  );
  expect(await page.getByRole("table", { name: "Appointments" }).locator("tbody tr").count()).toBe(
    Math.min(50, appointments),
  );
  await close();
});

it("process dead letters again", async () => {
  const { page, close } = await openTab(pages, { role: "staff" });
  await open(page, "site");
  const rejected = card(page, "Dead letters by reason");
  await rejected.getByRole("button", { name: /^Process again/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Process 2 again" }).click();
  await page.getByText("The events went through the pipeline again.").waitFor();
  await close();
});

it("offer viewers nothing that changes something", async () => {
  const { page, close } = await openTab(pages, { role: "viewer" });
  for (const area of ["bookings", "mail", "site"]) {
    await open(page, area);
    expect(await page.getByRole("button", { name: /^(Confirm|Decline|Send|Process)/ }).count(), area).toBe(0);
  }
  await close();
});

it("say in the card what could not be loaded, and recover", async () => {
  const { page, close } = await openTab(pages);
  await page.route("**/api/admin/sport/overview*", (route) =>
    route.fulfill({
      status: 500,
      json: { status: "error", error: { code: "internal", message: "a fault", requestId: "1" } },
    }),
  );
  await open(page, "members?view=weeks");
  await page.getByText("The members could not be loaded.").first().waitFor();
  await page.unroute("**/api/admin/sport/overview*");
  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.getByRole("table", { name: "Weeks" }).waitFor();
  await close();
});
