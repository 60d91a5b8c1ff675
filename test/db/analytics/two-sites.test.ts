import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import type { RequestContext } from "../../../lib/analytics/events/validate-event.ts";
import { readBacklog } from "../../../lib/analytics/pipeline/backlog.ts";
import { countDeadLetters, replayDeadLetters } from "../../../lib/analytics/pipeline/dead-letters.ts";
import { loadBatch } from "../../../lib/analytics/pipeline/load.ts";
import { findSitesWithWork, processEvents } from "../../../lib/analytics/pipeline/pipeline.ts";
import { validateBatch } from "../../../lib/analytics/pipeline/validate.ts";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { expectRecomputed } from "../../support/analytics/site-reference.ts";
import { dashboard, processNow, status, track } from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { DELETE, GET, PATCH, POST } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { addSite, counts, processAll, SHOP, send } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";
import { NOW } from "../../worlds/site-request.ts";
import { weekend } from "../../worlds/site-visits.ts";

/** Two sites that send the same ids, sessions, visitors and pages: each statement touches the events of its site only. */

const it = databaseTest(SETTINGS);

/** Its events, sessions and visitors have the same ids as those of the shop. */
const CAFE = { customerId: "cafe", timezone: "Asia/Tokyo" };
const CAFE_READS = { token: "twk_sec_read-key-of-cafe" };
const CAFE_WRITES = { token: "twk_pub_write-key-of-cafe" };
const RANGE = "?from=2026-02-01&to=2026-02-03";

beforeEach<{ db: Db }>(async ({ db }) => {
  await addSite(db);
  await addSite(db, CAFE);
});

const invalid = (event_id: string) => pageView({ event_id, event_type: "" });

/** Sends events for both sites. */
async function sendToBoth(db: Db, events: Record<string, unknown>[]): Promise<void> {
  for (const { customerId } of [SHOP, CAFE]) await send(db, events, { customerId });
}

describe("dead letters of two sites with the same event id", () => {
  beforeEach<{ db: Db }>(async ({ db }) => {
    await sendToBoth(db, [invalid("e-1"), invalid("e-2")]);
    await processAll(db);
  });
  const dead = async (db: Db) => [(await counts(db)).dead, (await counts(db, "cafe")).dead];

  it("are revived for the site that sends the corrected event, and stay dead for the other", async ({ db }) => {
    const [before] = await rows(db, sql`select * from raw.events where customer_id = 'cafe' and event_id = 'e-1'`);
    expect(await track(pageView({ event_id: "e-1" }))).toMatchObject({ status: 200, body: { recorded: 1 } });
    expect(await dead(db)).toEqual([1, 2]);
    expect([(await counts(db)).business, (await counts(db, "cafe")).business]).toEqual([1, 0]);
    const [after] = await rows(db, sql`select * from raw.events where customer_id = 'cafe' and event_id = 'e-1'`);
    expect(after).toEqual(before);
    expect(await track(pageView({ event_id: "e-1" }), CAFE_WRITES)).toMatchObject({ body: { recorded: 1 } });
    expect([(await counts(db)).business, (await counts(db, "cafe")).business]).toEqual([1, 1]);
  });

  it("are replayed for the site of the key only", async ({ db }) => {
    expect((await processNow("?replay=true", CAFE_READS)).body).toMatchObject({ replayed: 2, dead_letters: 2 });
    const attempts = await rows<{ customer_id: string; attempts: number }>(
      db,
      sql`select distinct customer_id, attempts from raw.dead_letters order by customer_id`,
    );
    expect(attempts).toEqual([
      { customer_id: "cafe", attempts: 2 },
      { customer_id: "shop", attempts: 1 },
    ]);
    expect(await transact(db, (tx) => replayDeadLetters(tx, "shop", undefined, 100))).toBe(2);
    expect(await dead(db)).toEqual([0, 2]);
  });

  it("are counted for each site", async ({ db }) => {
    await send(db, [invalid("e-3")], { customerId: "cafe" });
    await processAll(db);
    expect(await countDeadLetters(db, "shop")).toMatchObject([{ count: 2, event_id: "e-2" }]);
    expect(await countDeadLetters(db, "cafe")).toMatchObject([{ count: 3, event_id: "e-3" }]);
    expect((await dashboard(RANGE)).body).toMatchObject({ dead_letters: 2, total_events: 2 });
  });
});

describe("pending events of two sites", () => {
  it("are validated and loaded for one site at a time", async ({ db }) => {
    await sendToBoth(db, [pageView({ event_id: "e-1" }), invalid("e-2")]);
    const { taken } = await transact(db, (tx) => validateBatch(tx, "cafe", { max: 10 }, NOW));
    expect(taken).toBe(2);
    expect(await counts(db)).toMatchObject({ waiting: 2, staging: 0, dead: 0 });
    await transact(db, (tx) => validateBatch(tx, "shop", { max: 10 }, NOW));
    expect((await transact(db, (tx) => loadBatch(tx, CAFE, { max: 10 }, NOW))).taken).toBe(1);
    expect(await counts(db)).toMatchObject({ staged: 1, business: 0 });
    expect(await counts(db, "cafe")).toMatchObject({ waiting: 0, staged: 0, dead: 1, business: 1 });
  });

  it("are not taken by the other site, even if it names their numbers", async ({ db }) => {
    const { rawIds } = await send(db, [pageView({ event_id: "e-1" }), invalid("e-2")]);
    expect(await processEvents(db, CAFE, rawIds, NOW)).toEqual([]);
    expect(await counts(db)).toMatchObject({ waiting: 2 });
    await transact(db, (tx) => validateBatch(tx, "shop", { rawIds }, NOW));
    expect(await processEvents(db, CAFE, rawIds, NOW)).toEqual([]);
    expect(await counts(db)).toMatchObject({ staged: 1, business: 0 });
    expect(await counts(db, "cafe")).toMatchObject({ raw: 0, business: 0, dead: 0 });
  });

  it("are found and counted for each site", async ({ db }) => {
    await send(db, [pageView()], { customerId: "cafe", now: new Date("2026-02-02T11:00:00Z") });
    expect(await findSitesWithWork(db, "shop")).toEqual([]);
    expect(await findSitesWithWork(db)).toEqual([CAFE]);
    await send(db, [pageView(), pageView()]);
    await transact(db, (tx) => validateBatch(tx, "shop", { max: 1 }, NOW));
    expect(await readBacklog(db, "shop")).toEqual({ raw: 1, staging: 1, oldest: NOW });
    expect(await readBacklog(db, "cafe")).toMatchObject({ raw: 1, staging: 0 });
    expect((await status(CAFE_READS)).body).toMatchObject({ pending: { raw: 1, staging: 0 } });
    expect((await status()).body).toMatchObject({ pending: { raw: 1, staging: 1 } });
    expect((await dashboard(RANGE)).body).toMatchObject({ total_events: 2 });
    const { body } = await call(GET, "/api/admin/sites");
    expect(body.items).toMatchObject([{ pending: 1 }, { pending: 2 }]);
  });

  it("are processed for the site of the key only", async ({ db }) => {
    await sendToBoth(db, [pageView({ event_id: "e-1" })]);
    expect((await processNow("", CAFE_READS)).body).toMatchObject({ staged: 1, processed: 1, remaining: 0 });
    expect(await counts(db)).toMatchObject({ waiting: 1, business: 0 });
  });
});

describe("the reports of two sites with the same sessions, visitors and pages", () => {
  it("count the events of each site, in either order", async ({ db }) => {
    const visit = [pageView({ event_id: "e-1" }), pageView({ event_id: "e-2", page_url: "https://shop.example/cart" })];
    await send(db, visit, { customerId: "cafe" });
    await processAll(db);
    await send(db, [...visit, pageView({ event_id: "e-3", event_type: "click" })]);
    await processAll(db);
    for (const site of [SHOP, CAFE]) await expectRecomputed(db, site);
    const traffic = { visitors: 1, visits: 1, page_views: 2 };
    expect((await dashboard(RANGE)).body.summary).toMatchObject({ ...traffic, events: 3 });
    expect((await dashboard(RANGE, CAFE_READS)).body.summary).toMatchObject({ ...traffic, events: 2 });
  });

  it("do not change with the events of the other site", async ({ db }) => {
    await weekend(db);
    await processAll(db);
    const reports = async () => {
      const { timestamp: _, ...report } = (await dashboard(`${RANGE}&limit=100`)).body;
      const { timestamp: __, ...state } = (await status()).body;
      return { report, state };
    };
    const before = await reports();
    const raw = await rows<{ payload: Record<string, unknown>; context: RequestContext }>(
      db,
      sql`select payload, context from raw.events order by raw_id`,
    );
    for (const { payload, context } of raw) await send(db, [payload], { customerId: "cafe", context });
    await processAll(db);
    await send(db, [pageView()], { customerId: "cafe" });
    expect(await counts(db, "cafe")).toMatchObject({ waiting: 1, dead: 1, business: 10 });
    expect(await reports()).toEqual(before);
    for (const site of [SHOP, CAFE]) await expectRecomputed(db, site);
  });
});

describe("the keys of two sites", () => {
  it("are listed with their own site", async () => {
    const { body } = await call(GET, "/api/admin/sites");
    const sites = body.items as { customerId: string; keys: { hint: string }[] }[];
    expect(sites.map(({ keys }) => keys.map(({ hint }) => hint))).toEqual([
      ["…cafe", "…cafe"],
      ["…shop", "…shop"],
    ]);
  });

  const keys = async (db: Db) =>
    (
      await rows<{ key: string }>(
        db,
        sql`select customer_id || ' ' || kind as key from site_keys where expires_at is null order by 1`,
      )
    ).map(({ key }) => key);

  it("are rotated and revoked for one site and one kind", async ({ db }) => {
    const rotated = await call(POST, "/api/admin/sites/cafe/keys", { json: { kind: "read" } });
    expect(rotated.status).toBe(201);
    expect((await status()).status).toBe(200);
    expect((await status(CAFE_READS)).status).toBe(401);
    await call(DELETE, "/api/admin/sites/cafe/keys?kind=write", { method: "DELETE" });
    expect(await keys(db)).toEqual(["cafe read", "shop read", "shop write"]);
  });

  it("stay valid if the other site is closed", async ({ db }) => {
    await call(PATCH, "/api/admin/sites/cafe", { method: "PATCH", json: { active: false } });
    expect((await status()).status).toBe(200);
    expect((await status(CAFE_READS)).status).toBe(401);
    const sites = await rows(db, sql`select customer_id from sites where active`);
    expect(sites).toEqual([{ customer_id: "shop" }]);
  });
});
