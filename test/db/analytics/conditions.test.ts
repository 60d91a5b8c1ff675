import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { siteConditions } from "../../../lib/analytics/conditions.ts";
import { type Db, rows } from "../../../lib/db/db.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { addSite, processAll, send } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";
import { NOW } from "../../worlds/site-request.ts";

/** When the pipeline opens an incident, at the exact limits. */

const it = databaseTest();

beforeEach<{ db: Db }>(({ db }) => addSite(db));

const HOUR_MS = 3_600_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);
const keys = async (db: Db, now: Date) => (await siteConditions(db, now)).map(({ key }) => key);

describe("pending events", () => {
  it("open an incident after an hour, until they are processed", async ({ db }) => {
    await send(db, [pageView()]);
    expect(await keys(db, later(HOUR_MS - 1))).toEqual([]);
    expect(await siteConditions(db, later(HOUR_MS))).toMatchObject([
      { key: "site:lag", details: { oldest: NOW.toISOString(), raw: 1, staging: 0 } },
    ]);
    await processAll(db);
    expect(await keys(db, later(HOUR_MS))).toEqual([]);
  });
});

describe("dead letters", () => {
  it.for([
    ["processing-error", 24 * HOUR_MS - 1, ["site:processing-error"]],
    ["processing-error", 24 * HOUR_MS, []],
    ["event-type-missing", 0, []],
  ] as const)("with the reason %s open, after %d ms, %j", async ([reason, age, expected], { db }) => {
    await send(db, [pageView({ event_type: "" })]);
    await processAll(db);
    await rows(db, sql`update raw.dead_letters set reason = ${reason}`);
    expect(await keys(db, later(age))).toEqual(expected);
  });
});
