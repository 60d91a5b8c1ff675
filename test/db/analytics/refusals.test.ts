import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../lib/db/client.ts";
import type { Db } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { isClear, processNow, track, trackAsync, trackText } from "../../support/analytics/site-requests.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addSite, counts } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";

/** Which requests are refused, and what the response says. */

describe("a request with events", () => {
  let db: Db;
  ownDatabase((own) => {
    db = own;
  }, SETTINGS);
  beforeEach(() => addSite(db));

  it.each([
    ["not JSON", "{", 400],
    ["JSON with more after it", "{}1", 400],
    ["NaN", '{"event_type":NaN}', 400],
    ["invalid UTF-8", Buffer.from('{"event_type":"\xff"}', "latin1"), 400],
    ["empty", "", 422],
    ["null", "null", 422],
    ["a number", "7", 422],
    ["a text", '"page_view"', 422],
    ["a list", "[]", 422],
    ["a list of events", '[{"event_type":"x"}]', 422],
    ["an object of events", '{"events":{"0":{}}}', 422],
  ])("is refused if the body is %s", async (_, text, expected) => {
    for (const send of [track, trackAsync]) {
      const answer = await send<Refusal>(undefined, { body: text, headers: { "content-type": "application/json" } });
      expect({ status: answer.status, clear: isClear(answer) }).toEqual({ status: expected, clear: true });
    }
    expect((await counts(db)).raw).toBe(0);
  });

  it.each([
    "text/html",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "",
  ])("is refused if its type is %j", async (type) => {
    expect(await trackText<Refusal>('{"event_type":"x"}', { "content-type": type })).toMatchObject({
      status: 415,
      body: { error: { code: "unsupported-media-type" } },
    });
  });

  it("is refused if the body has more than 4 MB, with or without a declared length", async () => {
    const chunks = Array.from({ length: 50 }, () => new TextEncoder().encode(" ".repeat(100_000)));
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.pop();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    });
    expect((await trackText(`{"event_type":"${"x".repeat(4_000_000)}"}`)).status).toBe(413);
    expect((await trackText("{}", { "content-length": "4000001" })).status).toBe(413);
    expect((await trackText(stream)).status).toBe(413);
  });

  it("counts as one request for each 64 KB", async () => {
    const headers = { "x-real-ip": "203.0.113.90" };
    const event = (letters: number) => pageView({ event_data: { text: "x".repeat(letters) } });
    const small = await track(event(10), { headers });
    expect(small.headers.get("ratelimit-remaining")).toBe("599");
    const events = Array.from({ length: 20 }, () => event(33_000));
    const large = await track({ events }, { headers });
    expect(large.headers.get("ratelimit-remaining")).toBe("588");
  });

  it.each(["null", "7", '"text"', "[]", "[1]", '{"reason":null}', '{"replay":{}}', '{"__proto__":1}', "{"])(
    "for processing is refused with a isClear error for %s",
    async (body) => {
      const answer = await processNow("", { body, headers: { "content-type": "application/json" } });
      expect(isClear(answer)).toBe(true);
    },
  );
});

describe("events sent while the database cannot be reached", () => {
  beforeAll(() => {
    configure(SETTINGS);
    useConnection(openPostgres("postgres://nobody@127.0.0.1:1/none"));
  });
  afterAll(closeDatabase);

  it.each([
    ["track", track],
    ["track/async", trackAsync],
  ] as const)("are refused at %s with a request to send them again", async (_, send) => {
    const { status, headers, body } = await send<Refusal>(pageView());
    expect({ status, code: body.error.code }).toEqual({ status: 503, code: "unavailable" });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("get a response that does not reveal how the database is reached", async () => {
    expect(JSON.stringify((await trackText<Refusal>("{}")).body)).not.toMatch(
      /127\.0\.0\.1|ECONNREFUSED|select|nobody/,
    );
  });
});
