import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fill, SCENARIOS } from "../../bench/sport/evaluation-data.ts";
import { configure } from "../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { dashboard, track } from "../support/analytics/site-requests.ts";
import { createDatabase } from "../support/database/databases.ts";
import { explainingClient } from "../support/database/explained.ts";
import { GET } from "../support/http/api.ts";
import { call, SETTINGS } from "../support/http/requests.ts";
import { fireMonthly } from "../support/jobs/invoke-monthly.ts";
import { fireWeekly } from "../support/jobs/invoke-weekly.ts";
import { addSite } from "../worlds/site.ts";

/** So many that the look-ups for each of them would pass the cost from which on a server with JIT compiles; in two chunks. */
const USERS = 2_500;

describe("a server with JIT, as distributions ship it, compiles no statement", () => {
  const explained: string[] = [];
  const compiled: string[] = [];
  let db: Db;
  beforeAll(async () => {
    const url = await createDatabase();
    const filling = openPostgres(url);
    await fill(filling.db, USERS, SCENARIOS.weekly);
    await addSite(filling.db);
    await filling.close();
    const Client = explainingClient((statement, { JIT }) => {
      (JIT === undefined ? explained : compiled).push(statement);
    });
    const connection = openPostgres(url, { Client });
    db = connection.db;
    useConnection(connection);
    configure({ ...SETTINGS, EVENTS_BASE_URL: "https://club.example", EMAIL_PREFERENCES_SECRET: "a".repeat(32) });
  });
  afterAll(closeDatabase);

  it("of an event's way from the request to the dashboards", async () => {
    const event = { event_type: "page_view", page_url: "https://shop.example/prices" };
    expect(await track(event)).toMatchObject({ status: 200, body: { recorded: 1, processing: "automatic" } });
    for (const interval of ["hour", "day", "week", "month"]) {
      expect(await dashboard(`?interval=${interval}`)).toMatchObject({ status: 200 });
    }
    expect(await call(GET, "/api/admin/sites/shop/dashboard")).toMatchObject({ status: 200 });
    expect(compiled).toEqual([]);
    expect(explained.some((statement) => statement.includes("insert into business.events"))).toBe(true);
  });

  it("of a week's and a month's evaluation", async () => {
    const at = { date: SCENARIOS.weekly.start.slice(0, 10) };
    for (const fire of [fireWeekly, fireMonthly]) {
      const { main } = await fire(db, SCENARIOS.monthly.end, at);
      expect(main.outcome).toMatchObject({ status: "completed", result: { counts: { processedUsers: USERS } } });
    }
    expect(compiled).toEqual([]);
    expect(explained.some((statement) => statement.includes("insert into leaderboard_results"))).toBe(true);
  });
});
