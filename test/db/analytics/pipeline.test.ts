import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { validateBatch } from "../../../lib/analytics/pipeline/validate.ts";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { withPoison } from "../../support/analytics/site-faults.ts";
import { processNow, status, track, trackAsync } from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { CRON_SECRET, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addSite, all, counts, processAll, send } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";
import { NOW } from "../../worlds/site-request.ts";
import { sendVisit } from "../../worlds/site-visits.ts";

const it = databaseTest(SETTINGS);

/** Pending events and dead letters, and how they are processed. */

describe("the pipeline of a site", () => {
  beforeEach<{ db: Db }>(({ db }) => addSite(db));

  const business = async (db: Db) => (await all(db, "business.events")).map(({ event_id }) => event_id).sort();

  it("keeps event_data unchanged, and an empty object if there is none", async ({ db }) => {
    const data = JSON.parse('{"__proto__":{"a":1},"constructor":"x","toString":null,"n":[1,{"b":2}]}');
    await track({ events: [data, null, ""].map((event_data, n) => pageView({ event_id: `d-${n}`, event_data })) });
    const stored = await rows<{ data: string }>(
      db,
      sql`select event_data::text as data from business.events order by event_id`,
    );
    expect(stored.map((event) => event.data)).toEqual([
      '{"n": [1, {"b": 2}], "toString": null, "__proto__": {"a": 1}, "constructor": "x"}',
      "{}",
      "{}",
    ]);
  });

  it("counts a dead letter once if its sender corrects it and sends it again", async ({ db }) => {
    expect((await track(pageView({ event_id: "m-1", page_url: "nowhere" }))).status).toBe(422);
    expect((await track(pageView({ event_id: "m-1", page_url: "nowhere" }))).status).toBe(422);
    expect(await counts(db)).toMatchObject({ raw: 1, dead: 1, business: 0 });
    expect((await all(db, "raw.dead_letters"))[0]).toMatchObject({ attempts: 2 });
    const corrected = pageView({ event_id: "m-1" });
    const both = await track({ events: [corrected, pageView({ event_id: "m-2" })] });
    expect(both).toMatchObject({ status: 200, body: { recorded: 2, duplicates: 0 } });
    expect(await track(corrected)).toMatchObject({ status: 200, body: { recorded: 0, duplicates: 1 } });
    expect(await business(db)).toEqual(["m-1", "m-2"]);
    expect(await counts(db)).toMatchObject({ raw: 2, staging: 2, dead: 0, waiting: 0, staged: 0 });
  });

  it("turns an event that cannot be processed into a dead letter, and no call fails", async ({ db }) => {
    await withPoison(db, async () => {
      const single = await track(pageView({ event_id: "p-1", event_type: "poison" }));
      expect(single).toMatchObject({ status: 207, body: { success: true, recorded: 1 } });
      const events = [
        pageView({ event_id: "g-1" }),
        pageView({ event_id: "p-2", event_type: "poison" }),
        pageView({ event_id: "g-2" }),
      ];
      const several = await track({ events });
      expect(several.body.dead_letters).toMatchObject([{ event_id: "p-2", reason: "processing-error" }]);
      expect((await trackAsync(pageView({ event_id: "p-3", event_type: "poison" }))).status).toBe(200);
      const dead = await all(db, "raw.dead_letters");
      expect(dead.map(({ event_id, layer, reason }) => `${event_id} ${layer} ${reason}`)).toEqual([
        "p-1 business processing-error",
        "p-2 business processing-error",
        "p-3 business processing-error",
      ]);
      expect(await business(db)).toEqual(["g-1", "g-2"]);
      expect((await processNow("?replay=true")).body).toMatchObject({ replayed: 3, dead_letters: 3, processed: 0 });
      expect((await all(db, "raw.dead_letters"))[0]).toMatchObject({ attempts: 2 });
    });
    const { body } = await processNow("?replay=true&reason=processing-error");
    const result = { staged: 3, processed: 3, dead_letters: 0, replayed: 3, remaining: 0 };
    expect(body).toEqual({ success: true, status: "ok", message: "3 processed", result, ...result });
    expect(await business(db)).toEqual(["g-1", "g-2", "p-1", "p-2", "p-3"]);
    expect(await counts(db)).toMatchObject({ raw: 5, staging: 5, dead: 0 });
  });

  it("leaves events pending if the database refuses all of them, and no call fails", async ({ db }) => {
    await db.execute(sql`alter table raw.dead_letters rename to dead_letters_elsewhere`);
    try {
      const { status, body } = await track({ events: [pageView(), pageView({ event_type: "" })] });
      expect({ status, body }).toMatchObject({ status: 200, body: { success: true, recorded: 2 } });
      expect(body.message).toBe("2 recorded, processing follows within minutes");
      expect((await trackAsync(pageView({ event_type: "" }))).status).toBe(200);
    } finally {
      await db.execute(sql`alter table raw.dead_letters_elsewhere rename to dead_letters`);
    }
    expect(await counts(db)).toMatchObject({ raw: 3, waiting: 3, dead: 0, business: 0 });
    expect((await processNow()).body).toMatchObject({ staged: 1, processed: 1, dead_letters: 2, remaining: 0 });
  });

  it("is processed for all sites with the cron secret", async ({ db }) => {
    await addSite(db, { customerId: "other" });
    await send(db, [pageView()]);
    await send(db, [pageView(), pageView({ event_type: "" })], { customerId: "other" });
    const { status, body } = await processNow("", { token: CRON_SECRET });
    expect(status).toBe(200);
    const result = { staged: 2, processed: 2, dead_letters: 1, replayed: 0, remaining: 0 };
    expect(body).toMatchObject({ status: "ok", skipped: false, message: "2 processed", result, deadLetters: 1 });
    expect(await counts(db)).toMatchObject({ waiting: 0, business: 1 });
    expect(await counts(db, "other")).toMatchObject({ waiting: 0, business: 1, dead: 1 });
  });

  it("replays only dead letters with the requested reason", async () => {
    await track(pageView({ event_type: "" }));
    expect((await processNow("?replay=true&reason=processing-error")).body).toMatchObject({ replayed: 0 });
    expect((await processNow("?replay=1")).body).toMatchObject({ replayed: 1, dead_letters: 1, remaining: 0 });
    expect((await processNow<Refusal>("?replay=true&reason=bad-luck")).body.error.field).toBe("reason");
    expect((await processNow<Refusal>("?replay=perhaps")).body.error.field).toBe("replay");
  });

  it("processes pending events on request, and does nothing if there are none", async ({ db }) => {
    await send(db, [pageView(), pageView({ event_type: null })]);
    const first = { staged: 1, processed: 1, dead_letters: 1, replayed: 0, remaining: 0 };
    const answer = { success: true, status: "ok", message: "1 processed", result: first, ...first };
    expect((await processNow()).body).toEqual(answer);
    const second = { ...first, staged: 0, processed: 0, dead_letters: 0 };
    expect((await processNow()).body).toEqual({ ...answer, message: "no events pending", result: second, ...second });
  });

  it("is idle if no events are pending", async () => {
    const { status: code, headers, body } = await status();
    expect(code).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ success: true, customer_id: "shop", status: "idle", dead_letters: [], events: [] });
    expect(body.pending).toEqual({ raw: 0, staging: 0 });
    expect(body.pipeline_status).toEqual({ pending: body.pending, oldest_pending: null, dead_letters: [] });
    expect(body.recent_events).toEqual([]);
  });

  it("reports pending events by layer, and the age of the oldest", async ({ db }) => {
    await send(db, [pageView(), pageView()], { now: new Date("2026-02-02T11:00:00Z") });
    await transact(db, (tx) => validateBatch(tx, "shop", { max: 2 }, NOW));
    await send(db, [pageView(), pageView(), pageView()]);
    const { body } = await status();
    expect(body).toMatchObject({ status: "processing", pending: { raw: 3, staging: 2 } });
    expect(body.pipeline_status).toMatchObject({ pending: body.pending, oldest_pending: body.oldest_pending });
    const { received_at, age_seconds } = body.oldest_pending as { received_at: string; age_seconds: number };
    expect(received_at).toBe("2026-02-02T11:00:00.000Z");
    expect(Math.abs(age_seconds - (Date.now() - Date.parse(received_at)) / 1000)).toBeLessThan(60);
  });

  it("counts dead letters by reason, and shows the newest of each", async ({ db }) => {
    const bad = (event_id: string, event_type: unknown) => pageView({ event_id, event_type });
    await send(db, [bad("e-1", ""), bad("e-2", 7), bad("e-3", null), bad("e-4", true), bad("e-5", undefined)]);
    await processAll(db);
    const common = { layer: "staging", field: "event_type", expected: "a text of 1 to 255 characters" };
    const { body } = await status();
    expect(body.pipeline_status).toMatchObject({ dead_letters: body.dead_letters });
    expect(body.dead_letters).toEqual([
      { ...common, reason: "event-type-invalid", count: 2, got: "true", event_id: "e-4" },
      { ...common, reason: "event-type-missing", count: 3, got: "nothing", event_id: "e-5" },
    ]);
  });

  it("shows the last 10 events of business", async ({ db }) => {
    const times = Array.from({ length: 12 }, (_, minute) => `02T10:${10 + minute}`);
    await sendVisit(
      db,
      { id: "ada" },
      "s",
      times.map((time) => [time, "view /"]),
    );
    await processAll(db);
    const { body } = await status();
    const events = body.events as { occurred_at: string }[];
    expect(body.recent_events).toEqual(events.map((event) => ({ ...event, raw_event_type: "page_view" })));
    expect(events.map(({ occurred_at: at }) => at.slice(14, 16))).toEqual([
      "21",
      "20",
      "19",
      "18",
      "17",
      "16",
      "15",
      "14",
      "13",
      "12",
    ]);
    expect(Object.keys(events[0] ?? {})).not.toContain("customer_id");
  });
});
