import fc from "fast-check";
import { beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import {
  dashboard,
  isClear,
  type Recorded,
  status,
  track,
  trackAsync,
  trackText,
} from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addSite, all, counts, processAll } from "../../worlds/site.ts";
import { type Event, pageView } from "../../worlds/site-events.ts";

const it = databaseTest(SETTINGS);

/** For any input there is a isClear response, and no accepted event is lost. */

describe("POST /api/v1/track", () => {
  beforeEach<{ db: Db }>(({ db }) => addSite(db));

  /** Every accepted event counts or is a dead letter. */
  async function expectNothingLost(db: Db): Promise<void> {
    await processAll(db);
    const { raw, waiting, staging, staged, dead, business } = await counts(db);
    expect({ waiting, staged, staging }).toEqual({ waiting: 0, staged: 0, staging: business });
    expect(business + dead).toBe(raw);
  }

  const fillTo = (bytes: number): Event => {
    const event = pageView({ event_data: { filler: "" } });
    return { ...event, event_data: { filler: "x".repeat(bytes - Buffer.byteLength(JSON.stringify(event))) } };
  };

  it("accepts an event of 64 KB, and refuses a larger one", async ({ db }) => {
    expect((await track(fillTo(65_536))).status).toBe(200);
    expect(await track<Refusal>(fillTo(65_537))).toMatchObject({ status: 413, body: { error: { field: "body" } } });
    const { status, body } = await track<Refusal>({ events: [pageView(), fillTo(66_560)] });
    expect({ status, field: body.error.field }).toEqual({ status: 413, field: "events[1]" });
    expect(await counts(db)).toMatchObject({ raw: 1, business: 1 });
  });

  it("accepts 500 events at once, and refuses 501", async ({ db }) => {
    const list = (length: number) => Array.from({ length }, (_, n) => pageView({ event_id: `e-${n}` }));
    expect((await track<Refusal>({ events: list(501) })).body.error).toMatchObject({
      field: "events",
      got: "a list of 501",
    });
    expect((await track({ events: list(500) })).body).toMatchObject({ recorded: 500, duplicates: 0 });
    expect(await counts(db)).toMatchObject({ raw: 500, business: 500 });
  });

  it.for([
    ["NUL", '"a\\u0000b"'],
    ["a lone surrogate", '"\\ud83d"'],
    ["surrogates in the wrong order", '"\\ude00\\ud83d"'],
    ["an escaped text that looks like NUL", '"\\\\u0000"'],
  ] as const)("accepts %s in every text", async ([_, text], { db }) => {
    const page = '"https://shop.example/?utm_source=a%00%ED%A0%80"';
    const json = `{"event_type":${text},"page_url":${page},"event_id":${text},"session_id":${text},"visitor_id":${text},
      "referrer":${text},"occurred_at":${text},"sent_at":${text},"event_data":{${text}:[${text}]},${text}:1}`;
    expect((await trackText(json)).status).toBe(200);
    expect((await trackText(json)).body).toMatchObject({ recorded: 0, duplicates: 1 });
    await expectNothingLost(db);
    expect(await counts(db)).toMatchObject({ raw: 1, business: 1 });
    expect([(await status()).status, (await dashboard()).status]).toEqual([200, 200]);
  });

  it.for(["event_type", "page_url", "event_id", "session_id", "visitor_id", "event_data"])(
    "gives a isClear response to NUL and lone surrogates in %s",
    async (field, { db }) => {
      for (const value of ["\u0000\ud800".repeat(70), ["\ud800"], "\u0000"]) {
        expect(isClear(await track(pageView({ [field]: value })))).toBe(true);
      }
      await expectNothingLost(db);
    },
  );

  it.for(["events", "event_data", "key", "customer_id", "sent_at", "event_type", "anything"])(
    "survives 10,000 levels in %s",
    async (field, { db }) => {
      for (const [open, close] of [
        ['{"a":', "}"],
        ["[", "]"],
      ] as const) {
        const deep = `${open.repeat(10_000)}1${close.repeat(10_000)}`;
        const answer = await trackText<Recorded & Refusal>(`{"event_type":"x","${field}":${deep}}`);
        expect(isClear(answer)).toBe(true);
      }
      await expectNothingLost(db);
    },
  );

  it("keeps keys with a meaning in JavaScript as data", async ({ db }) => {
    const data = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"hasOwnProperty":1}';
    const { body } = await trackText(`{"event_type":"x","event_data":${data},"__proto__":{"customer_id":"other"}}`);
    expect(body).toMatchObject({ recorded: 1 });
    const [event] = await all(db, "business.events");
    expect(JSON.stringify(event?.event_data)).toContain('"__proto__":{"admin":true}');
    expect(({} as Event).admin).toBeUndefined();
  });

  it("accepts an event with 10,000 keys, and one with a long list", async ({ db }) => {
    const names = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, 0]));
    expect(isClear(await track(pageView({ event_data: names })))).toBe(true);
    expect((await track(pageView({ event_data: { list: Array(30_000).fill(1) } }))).status).toBe(200);
    await expectNothingLost(db);
  });

  it.for([-86_400, 86_400])("corrects a clock that is wrong by %d s", async (skew, { db }) => {
    const senderTime = (seconds: number) => new Date(Date.now() + (skew + seconds) * 1000).toISOString();
    await track({ events: [pageView({ occurred_at: senderTime(-120) })], sent_at: senderTime(0) });
    const [event] = await all(db, "business.events");
    expect(Math.abs(Date.parse(String(event?.occurred_at)) - Date.now() + 120_000)).toBeLessThan(60_000);
  });

  it("accepts unusual URLs, and rejects what is not a page", async ({ db }) => {
    const good = [
      "HTTPS://SHOP.example",
      "http://[2001:db8::1]:8080/x",
      "https://ada:pw@shop.example//a/../b?x#y",
      "http://1/",
    ];
    const long = [`https://bücher.example/${"ä".repeat(1970)}`, `https://shop.example/?${"%00".repeat(600)}`];
    const none = [
      "javascript:alert(1)",
      "data:,x",
      "blob:https://shop.example/1",
      "file:///x",
      "about:blank",
      "/x",
      "//",
      "x y",
    ];
    const events = [...good, ...long, ...none].map((page_url) => pageView({ page_url }));
    const { status, body } = await track({ events });
    expect(status).toBe(207);
    expect(body.dead_letters?.map(({ reason, got }) => `${reason} ${got}`)).toEqual(
      none.map((url) => `page-url-invalid ${url}`),
    );
    await expectNothingLost(db);
    expect((await counts(db)).business).toBe(6);
  });

  it("does not store a long sending time with every event", async ({ db }) => {
    await track({ events: [pageView(), pageView()], sent_at: "x".repeat(1_000_000) });
    for (const { context } of await all(db, "raw.events")) expect(JSON.stringify(context).length).toBeLessThan(2000);
  });

  it("accepts huge numbers and repeated keys", async ({ db }) => {
    const numbers = "1e999,-1e999,1e308,5e-324,-0,123456789012345678901234567890,0.1e-400";
    expect((await trackText(`{"event_type":"x","event_data":{"n":[${numbers}]}}`)).status).toBe(200);
    expect((await trackText('{"event_type":"a","event_type":"b","event_data":{"x":1,"x":2}}')).status).toBe(200);
    const types = (await all(db, "business.events")).map(({ event_type: type }) => type).sort();
    expect(types).toEqual(["b", "x"]);
  });

  it("accepts emoji up to the limits, and ids of any characters", async ({ db }) => {
    const emoji = (units: number) => "😀".repeat(units / 2);
    const event = pageView({
      event_type: emoji(254),
      event_id: emoji(128),
      session_id: emoji(128),
      visitor_id: emoji(128),
    });
    const page_url = `https://shop.example/?utm_source=${encodeURIComponent(`x${emoji(256)}`)}`;
    expect((await track({ ...event, page_url })).status).toBe(200);
    const ids = ["'; drop table raw.events; --", '"', "\\", "$1", "%s", "a\nb\tc", "\u202e", "{}", "null", " "];
    for (const event_id of ids)
      expect((await track(pageView({ event_id }))).body).toMatchObject({ event_id, recorded: 1 });
    for (const session_id of ids)
      expect((await track(pageView({ session_id, visitor_id: session_id }))).status).toBe(200);
    await expectNothingLost(db);
    expect((await counts(db)).business).toBe(21);
  });

  it.for([
    [
      "a place name that would be cut within a character",
      { "x-vercel-ip-city": encodeURIComponent(`${"x".repeat(99)}😀`) },
    ],
    ["an invalid place name", { "x-vercel-ip-city": "%E0%A4%A", "x-vercel-ip-country": "%00" }],
    ["no user agent", { "user-agent": "" }],
    ["a user agent of 10 KB", { "user-agent": "Mozilla/5.0 (".repeat(800) }],
    ["an IPv6 address", { "x-forwarded-for": "2001:db8::1" }],
    ["an invalid address", { "x-forwarded-for": ", ,", "x-real-ip": "::::%%" }],
    ["a customer's id of any characters", { "x-customer-id": "'\"\\" }],
  ] as const)("accepts %s", async ([_, headers], { db }) => {
    const answer = await track<Recorded & Refusal>(pageView({ visitor_id: null }), {
      headers: headers as Record<string, string>,
    });
    expect(isClear(answer)).toBe(true);
    await expectNothingLost(db);
    expect((await counts(db)).dead).toBe(0);
  });

  it("gives a isClear response to any JSON, and loses nothing", async ({ db }) => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("page_view", "https://shop.example/", "\u0000", "\ud800"),
    );
    const value = fc.oneof(text, fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(null, 1e308, -0, true));
    const names = [
      "event_type",
      "page_url",
      "event_id",
      "session_id",
      "visitor_id",
      "occurred_at",
      "referrer",
      "event_data",
    ];
    const event = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    const events = fc.array(fc.oneof({ weight: 9, arbitrary: event }, { weight: 1, arbitrary: value }), {
      maxLength: 6,
    });
    const batch = fc.record({ events, sent_at: value }, { requiredKeys: ["events"] });
    await fc.assert(
      fc.asyncProperty(fc.oneof(event, batch, value), fc.boolean(), async (body, waits) => {
        const json = JSON.stringify(body) ?? "null";
        const headers = { "content-type": "application/json" };
        expect(
          isClear(await (waits ? track : trackAsync)<Recorded & Refusal>(undefined, { body: json, headers })),
        ).toBe(true);
      }),
      { numRuns: 40 },
    );
    await expectNothingLost(db);
    expect((await counts(db)).raw).toBeGreaterThan(0);
    expect((await all(db, "raw.dead_letters")).filter(({ reason }) => reason === "processing-error")).toEqual([]);
    expect([(await status()).status, (await dashboard()).status]).toEqual([200, 200]);
  });
});
