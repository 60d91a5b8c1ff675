import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEMO_SITE } from "../../dev/demo-data/seed-site.ts";
import { createSite } from "../../lib/analytics/sites/sites.ts";
import { backgroundWork } from "../../lib/http/background.ts";
import { openPages, type Pages } from "../support/http/pages.ts";

/** A visit to the demo site, and the dashboard that its read key then shows. */

const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

interface Dashboard {
  total_events: number;
  processed_to_business: number;
  visits: { events: number; page_views: number; entry_page: string; exit_page: string; bounce: boolean }[];
  events: { event_id: string; event_type: string; page_url: string; session_id: string; bot: string | null }[];
}

let pages: Pages;
beforeAll(async () => {
  pages = await openPages({}, PERSON);
  const { customerId, ...keys } = DEMO_SITE;
  const site = { customerId, name: "Demo club", allowedOrigins: [], timezone: "UTC" };
  await createSite(pages.connection.db, site, new Date(), keys);
});
afterAll(async () => {
  await backgroundWork();
  await pages.close();
});

async function dashboard(): Promise<Dashboard> {
  const headers = { Authorization: `Bearer ${DEMO_SITE.readKey}` };
  return (await fetch(`${pages.url}/api/v1/track/dashboard?limit=50`, { headers })).json() as Promise<Dashboard>;
}

it("counts a visit that ended by closing the tab: its pages in order, one session, each event once", async () => {
  const problems: string[] = [];
  const page = await pages.browser.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => problems.push(message.text()));

  await page.goto(`${pages.url}/dev/site`);
  await page.click("#trial svg");
  await page.click("button >> text=Strength");
  await page.goBack();
  await page.click("nav >> text=Prices");
  await page.click("text=Ask us");
  await page.fill("[name=name]", "Ada Lovelace");
  await page.fill("[name=message]", "a secret message");
  await page.click("button >> text=Send");
  await page.close();

  let seen = await dashboard();
  for (let tries = 0; seen.total_events < 11 && tries < 100; tries++) {
    await sleep(100);
    seen = await dashboard();
  }
  const events = seen.events.toReversed();
  const of = (type: string) => events.filter(({ event_type }) => event_type === type);
  const club = `${new URL(pages.url).host}/dev/site`;
  expect(of("page_view").map(({ page_url }) => page_url.replace("http://", ""))).toEqual([
    club,
    `${club}/classes/strength`,
    club,
    `${club}/prices`,
    `${club}/contact`,
  ]);
  expect(of("click")).toHaveLength(5);
  expect(of("form_submission")).toHaveLength(1);
  expect(new Set(events.map(({ session_id }) => session_id)).size).toBe(1);
  expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(11);
  expect(seen).toMatchObject({ total_events: 11, processed_to_business: 11 });
  expect(seen.visits).toEqual([
    expect.objectContaining({
      events: 11,
      page_views: 5,
      entry_page: club,
      exit_page: `${club}/contact`,
      bounce: false,
    }),
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/Lovelace|secret message/);
  expect(problems).toEqual([]);
});
