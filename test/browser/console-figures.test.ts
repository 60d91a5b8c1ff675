import { sql } from "drizzle-orm";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Db, row, rows } from "../../lib/db/db.ts";
import { newestEnded } from "../../lib/time/periods.ts";
import type { Pages } from "../support/http/pages.ts";
import { fillConsole, openConsole, openTab, PROBLEMS, show } from "../worlds/console.ts";

/** The console shows the figures of the demo club as the database holds them. */

const now = new Date();
let pages: Pages;
let db: Db;
let page: Page;
let problems: string[];
beforeAll(async () => {
  pages = await openConsole();
  db = pages.connection.db;
  await fillConsole(pages, now);
  ({ page, problems } = await openTab(pages));
});
afterAll(() => pages.close());

const panel = (name: string): Locator => page.getByRole("region", { name, exact: true });
/** Returns the value of a figure in a panel. */
const figure = (of: string, label: string) =>
  panel(of)
    .locator("dl.figures > div", { has: page.locator("dt", { hasText: new RegExp(`^${label}$`) }) })
    .locator("b")
    .textContent();
/** Returns the cells of a table in a panel; a chart's table counts although it is collapsed. */
async function cells(of: string, table = panel(of).locator("table")): Promise<string[][]> {
  const found = await table.first().locator("tbody tr").all();
  return Promise.all(found.map((one) => one.locator("th, td").allTextContents()));
}
const number = (value: number, digits = 0) =>
  new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
const percent = (value: number) =>
  new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 1 }).format(value / 100);

it("shows the jobs, and why a run was late or failed", async () => {
  await show(pages, page, "jobs/dispatch");
  const jobs = await cells("Jobs");
  const mail = jobs.find(([name]) => name?.startsWith("Mail dispatch")) ?? [];
  const { completed, all } = await row<{ completed: number; all: number }>(
    db,
    sql`select count(*) filter (where status = 'completed')::int as completed, count(*)::int as all
      from job_runs where job_name = 'email-dispatch'`,
  );
  expect(mail[3]).toBe(percent((100 * completed) / all));
  expect(mail.slice(6, 9)).toEqual(["7 min", "1", "0"]);
  expect(jobs.map(([name]) => name?.split(/(?=[a-z]+-)/)[0]).length).toBe(7);
  expect(
    await panel("Jobs")
      .getByRole("img", { name: /^25 runs: 2 failed, the longest took 2\.3 s\.$/ })
      .count(),
  ).toBe(1);

  const runs = await cells(
    "Runs: Mail dispatch",
    panel("Runs: Mail dispatch").getByRole("table", { name: "Runs, newest first" }),
  );
  expect(runs[0]?.[1]).toBe("missed");
  expect(runs[0]?.at(-1)).toBe(PROBLEMS.missed);
  expect(runs[1]).toMatchObject({ 1: "failed", 5: "2", 7: `smtp-unreachable ${PROBLEMS.error}` });
  expect(runs[2]).toMatchObject({ 1: "completed", 3: "7 min", 4: "2.3 s" });
  expect(await panel("Open incidents").innerText()).toContain(PROBLEMS.incident);
  expect(await panel("Open incidents").locator("details").first().textContent()).toContain(PROBLEMS.error);
  expect(await panel("Failed in the last 7 days").innerText()).toContain(PROBLEMS.error);
  await page.getByLabel("only late, failed, missed, repeated").check();
  expect(
    await panel("Runs: Mail dispatch").getByRole("table", { name: "Runs, newest first" }).getByRole("row").count(),
  ).toBe(4);
});

it("shows the emails of each day", async () => {
  await show(pages, page, "mail");
  const { waiting, unknown } = await row<{ waiting: number; unknown: number }>(
    db,
    sql`select count(*) filter (where status in ('pending', 'retrying'))::int as waiting,
      count(*) filter (where failure = 'unknown')::int as unknown from email_queue`,
  );
  expect(await figure("Queue", "Waiting")).toBe(number(waiting));
  expect(await figure("Queue", "Delivery unknown")).toBe(number(unknown));
  const days = await cells("Emails by day and state");
  const stored = await rows<{ status: string; count: number }>(
    db,
    sql`select status, count(*)::int as count from email_queue group by status`,
  );
  ["sent", "pending", "retrying", "skipped", "failed"].forEach((state, nth) => {
    const shown = days.reduce((sum, day) => sum + Number(day[nth + 1]?.replace(",", "")), 0);
    expect(shown, state).toBe(stored.find(({ status }) => status === state)?.count ?? 0);
  });
  const [failed] = await cells("Failed emails");
  expect(failed?.slice(0, 3)).toEqual(["m…@club.example", "Hallo", PROBLEMS.bounced]);
});

it("shows the slots of each day", async () => {
  await show(pages, page, "slots");
  const { active } = await row<{ active: number }>(db, sql`select count(*)::int as active from services where active`);
  expect(await panel("Slots of the next 30 days").innerText()).toContain(
    `${active} of ${active} services can be booked`,
  );
  const days = await rows<{ slots: number; booked: number; capacity: number }>(
    db,
    sql`select count(*)::int as slots, sum(booked_count)::int as booked, sum(capacity)::int as capacity
      from booking_slots where local_date between ${now.toISOString().slice(0, 10)}::date
        and ${now.toISOString().slice(0, 10)}::date + 34 group by local_date order by local_date`,
  );
  const shown = (await cells("Coming weeks")).flat().filter((cell) => /\d\/\d/.test(cell));
  expect(shown.map((cell) => cell.replace(/^\d+ \p{L}+/u, ""))).toEqual(
    days.map(({ slots, booked, capacity }) => `${number(slots)}${number(booked)}/${number(capacity)}`),
  );
});

it("shows the attendance over time, by hour and by consultant", async () => {
  await show(pages, page, "attendance");
  const { total, missed } = await row<{ total: number; missed: number }>(
    db,
    sql`select sum(total_slots)::int as total, sum(no_shows + ghosts)::int as missed from daily_metrics`,
  );
  expect(await figure("Whole period", "Appointments")).toBe(number(total));
  expect(await figure("Whole period", "No-show rate")).toBe(percent((100 * missed) / total));
  const counts = await panel("Show rate by weekday and hour").locator("td small").allTextContents();
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(total);
  const consultants = await cells("Consultants");
  expect(consultants.reduce((sum, cells) => sum + Number(cells[1]), 0)).toBe(total);
  expect(consultants.map(([name]) => name).sort()).toEqual([
    "Anna Vogel",
    "Ben Krause",
    "Clara Sommer",
    "David Lindner",
  ]);
  const days = await rows(db, sql`select from daily_metrics where total_slots > 0`);
  const rates = await cells("Rates over time");
  expect(rates.filter(([, rate]) => rate !== "–").length).toBe(days.length);
});

it("shows a site's visits and dead letters", async () => {
  await show(pages, page, "site/demo");
  const { visits, views } = await row<{ visits: number; views: number }>(
    db,
    sql`select count(*)::int as visits, sum(page_views)::int as views from business.sessions`,
  );
  expect(await figure("Traffic", "Visits")).toBe(number(visits));
  expect(await figure("Traffic", "Page views")).toBe(number(views));
  const series = await cells("Visits and page views");
  expect(series.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(visits);
  const devices = await cells("Devices");
  expect(devices.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(visits);
  expect((await cells("Dead letters by reason"))[0]?.slice(0, 3)).toEqual(["event-type-missing", "staging", "2"]);
});

it("shows the evaluated weeks and months", async () => {
  await show(pages, page, "sport");
  const { end } = newestEnded("week", now, "UTC");
  const leaders = await rows<{ name: string; points: number; workouts: number }>(
    db,
    sql`select coalesce(nickname, first_name) as name, total_points::float8 as points, total_workouts as workouts
      from weekly_results join users on users.id = user_id
      where week_start = ${end.toISOString()}::timestamptz - interval '7 days' and show_in_global_rankings and total_points > 0
      order by total_points desc, user_id limit 20`,
  );
  expect((await cells("Leaderboard of the week")).map((cells) => cells.slice(1))).toEqual(
    leaders.map(({ name, points, workouts }) => [name, number(points, 2), number(workouts)]),
  );
  const months = await rows<{ points: number; active: number }>(
    db,
    sql`select sum(total_points)::float8 as points, count(*) filter (where total_points > 0)::int as active
      from monthly_results group by month_start order by month_start desc`,
  );
  expect((await cells("Months")).map((cells) => cells[3])).toEqual(months.map(({ points }) => number(points, 2)));
  const best = (await cells("Ranking of the month"))[0]?.slice(1);
  await panel("Ranking of the month").getByRole("combobox").selectOption("pullups");
  await panel("Ranking of the month").getByRole("columnheader", { name: "Pull-ups" }).waitFor();
  expect(best).not.toEqual((await cells("Ranking of the month"))[0]?.slice(1));
  const weeks = await rows<{ points: number }>(
    db,
    sql`select sum(total_points)::float8 as points from weekly_results group by week_start order by week_start desc`,
  );
  const shown = await cells("Weeks", panel("Weeks").locator("table").last());
  expect(shown.map((cells) => cells[3])).toEqual(weeks.map(({ points }) => number(points, 2)));
});

it("logs nothing to the browser's console", () => expect(problems).toEqual([]));
