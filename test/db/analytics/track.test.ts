import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { track, trackAsync } from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { POST } from "../../support/http/api.ts";
import { type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addSite, all, counts, send, WRITE_KEY } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";

const it = databaseTest(SETTINGS);

/** Events from the request of a page to business. */

const batch = (...ids: string[]) => ({ events: ids.map((id) => pageView({ event_id: id })) });

describe("events sent to a site", () => {
  beforeEach<{ db: Db }>(({ db }) => addSite(db));

  const business = async (db: Db) => (await all(db, "business.events")).map(({ event_id }) => event_id).sort();

  it("count before the response", async ({ db }) => {
    const { status, body } = await track(pageView({ event_id: "e-1" }));
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      message: "1 recorded",
      event_id: "e-1",
      timestamp: expect.any(String),
      processing: "automatic",
      recorded: 1,
      duplicates: 0,
    });
    expect(Math.abs(Date.parse(body.timestamp) - Date.now())).toBeLessThan(60_000);
    expect(await counts(db)).toEqual({ raw: 1, waiting: 0, staging: 1, staged: 0, dead: 0, business: 1 });
  });

  it("are stored before an asynchronous response, and count after it", async ({ db }) => {
    const request = new Request("https://taktwerk.example/api/v1/track/async", {
      method: "POST",
      headers: { authorization: `Bearer ${WRITE_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(pageView({ event_id: "e-1" })),
    });
    const response = await POST(request);
    expect(response.status).toBe(200);
    expect((await counts(db)).raw).toBe(1);
    expect(await response.json()).toMatchObject({
      success: true,
      event_id: "e-1",
      processing: "background",
      recorded: 1,
      duplicates: 0,
    });
    await backgroundWork();
    expect(await business(db)).toEqual(["e-1"]);
  });

  it("may come in batches, and keep their order", async ({ db }) => {
    const { status, body } = await track(batch("b", "a", "c"));
    expect(status).toBe(200);
    expect(body).toMatchObject({ event_id: "b", event_ids: ["b", "a", "c"], recorded: 3, processing: "automatic" });
    expect((await trackAsync(batch("d", "e"))).body).toMatchObject({ event_ids: ["d", "e"], recorded: 2 });
    expect(await business(db)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("get an id if they have none, and the response returns it", async ({ db }) => {
    const { body } = await track(pageView({ event_id: undefined }));
    expect(body.event_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await business(db)).toEqual([body.event_id]);
  });

  it("are enriched in business", async ({ db }) => {
    const headers = {
      "x-vercel-ip-country": "DE",
      "x-vercel-ip-country-region": "BE",
      "x-vercel-ip-city": "K%C3%B6penick",
      "x-real-ip": "203.0.113.9",
    };
    const event = pageView({
      page_url: "https://shop.example/a?utm_source=news",
      referrer: "https://www.search.example/x",
      event_data: { n: 1 },
    });
    await track(event, { headers });
    expect((await all(db, "business.events"))[0]).toMatchObject({
      page: "shop.example/a",
      page_view: true,
      session_key: "session-1",
      visitor_id: "visitor-1",
      referrer: "search.example",
      utm_source: "news",
      device: "desktop",
      browser: "Chrome",
      os: "Windows",
      country: "DE",
      region: "BE",
      city: "Köpenick",
      quality: "VALID",
      event_data: { n: 1 },
    });
  });

  it("count once, however often they are sent", async ({ db }) => {
    const event = pageView({ event_id: "e-1" });
    expect((await track(event)).body).toMatchObject({ recorded: 1, duplicates: 0 });
    for (const again of [track, trackAsync]) {
      const { status, body } = await again(event);
      expect(status).toBeLessThan(300);
      expect(body).toMatchObject({ success: true, event_id: "e-1", recorded: 0, duplicates: 1 });
    }
    const { body } = await track({ events: [event, pageView({ event_id: "e-2" })] });
    expect(body).toMatchObject({ recorded: 1, duplicates: 1, message: "1 recorded, 1 known already" });
    expect(await counts(db)).toMatchObject({ raw: 2, business: 2 });
  });

  it("count once if one call sends them twice, and the response says so", async ({ db }) => {
    const { body } = await track(batch("a", "b", "a", "a"));
    expect(await business(db)).toEqual(["a", "b"]);
    expect(body).toMatchObject({ recorded: 2, duplicates: 2 });
  });

  it("count once if two calls send them at the same time", async ({ db }) => {
    await Promise.all([track(batch("a", "b")), trackAsync(batch("b", "a")), track(batch("a"))]);
    expect(await business(db)).toEqual(["a", "b"]);
  });

  it("are refused with the name of the field, and become dead letters", async ({ db }) => {
    const { status, body } = await track<Refusal>(pageView({ page_url: "javascript:alert(1)" }));
    const error = { code: "invalid-body", field: "page_url", got: "javascript:alert(1)" };
    expect({ status, error: body.error }).toMatchObject({ status: 422, error });
    expect(body.error.expected).toBe("an http or https URL of at most 2000 characters");
    expect((await all(db, "raw.dead_letters"))[0]).toMatchObject({
      reason: "page-url-invalid",
      layer: "staging",
      attempts: 1,
    });
    expect(await counts(db)).toMatchObject({ raw: 1, waiting: 0, dead: 1, business: 0 });
  });

  it("count even if another one in the batch is invalid", async ({ db }) => {
    const events = [pageView(), pageView({ event_id: "bad", event_type: "" }), pageView()];
    const { status, body } = await track({ events });
    expect(status).toBe(207);
    expect(body).toMatchObject({ success: true, recorded: 3, message: "3 recorded, 1 became dead letters" });
    expect(body.dead_letters).toEqual([
      {
        event_id: "bad",
        reason: "event-type-missing",
        field: "event_type",
        expected: "a text of 1 to 255 characters",
        got: "",
      },
    ]);
    expect(await counts(db)).toMatchObject({ raw: 3, dead: 1, business: 2 });
  });

  it("are refused if all of them are invalid", async ({ db }) => {
    const events = [pageView({ event_type: 1 }), pageView({ event_type: 2 })];
    const { status, body } = await track<Refusal>({ events });
    expect({ status, field: body.error.field }).toEqual({ status: 422, field: "events[0].event_type" });
    expect(await counts(db)).toMatchObject({ raw: 2, dead: 2, business: 0 });
  });

  it("are accepted before validation by an asynchronous call", async ({ db }) => {
    expect((await trackAsync(pageView({ event_type: null }))).status).toBe(200);
    expect(await counts(db)).toMatchObject({ raw: 1, dead: 1, business: 0 });
  });

  it("may come as a beacon, which has no headers", async ({ db }) => {
    const fields = { key: WRITE_KEY, customer_id: "shop", sent_at: new Date().toISOString() };
    for (const send of [track, trackAsync]) {
      const body = JSON.stringify({ ...fields, events: [pageView()] });
      const { status } = await send(undefined, {
        token: null,
        body,
        headers: { "content-type": "text/plain;charset=UTF-8" },
      });
      expect(status).toBeLessThan(300);
    }
    expect(await counts(db)).toMatchObject({ raw: 2, business: 2 });
    expect(JSON.stringify(await all(db, "raw.events"))).not.toContain(WRITE_KEY);
  });

  it.for([{ dnt: "1" }, { "sec-gpc": "1" }])(
    "are not stored if the visitor asks for that: %j",
    async (headers, { db }) => {
      for (const send of [track, trackAsync]) {
        const { status, body } = await send(pageView(), { headers: headers as Record<string, string> });
        expect({ status, body }).toMatchObject({ status: 200, body: { success: true, recorded: 0 } });
      }
      expect(await counts(db)).toEqual({ raw: 0, waiting: 0, staging: 0, staged: 0, dead: 0, business: 0 });
    },
  );

  it("are stored if the visitor allows it", async ({ db }) => {
    await track(pageView(), { headers: { dnt: "0", "sec-gpc": "0" } });
    expect((await counts(db)).business).toBe(1);
  });

  it("do not cause the processing of other pending events", async ({ db }) => {
    await send(db, [pageView({ event_id: "w-1" }), pageView({ event_id: "w-2" })]);
    await track(pageView({ event_id: "e-1" }));
    expect(await business(db)).toEqual(["e-1"]);
    expect((await counts(db)).waiting).toBe(2);
  });
});
