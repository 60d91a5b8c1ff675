import { describe, expect, it } from "vitest";
import { parseTrackRequest, type TrackRequest } from "../../../lib/analytics/ingest/parse-request.ts";
import { AppError } from "../../../lib/errors.ts";
import { pageView } from "../../worlds/site-events.ts";

/** Which bodies are accepted, and how their events are stored. */

/** Parses JSON, as a request contains it. */
const read = (json: string): TrackRequest => parseTrackRequest(JSON.parse(json));
const payloadsOf = ({ events }: TrackRequest) => events.map(({ text }) => JSON.parse(text));

function refusal(body: unknown): AppError {
  try {
    parseTrackRequest(body);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("expected a refusal, got none");
}

/** An event nested this many levels deep, itself included. */
const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

/** An event with this many bytes of JSON that contains a text. */
function ofBytes(bytes: number, text = ""): Record<string, unknown> {
  const event = pageView({ event_id: "large", text, rest: "" });
  return { ...event, rest: "x".repeat(bytes - Buffer.byteLength(JSON.stringify(event))) };
}

describe("the body of a request", () => {
  it("is one event, without the fields of the request", () => {
    const event = pageView({ event_id: "e-1" });
    const request = parseTrackRequest({ ...event, key: "k", customer_id: "shop", sent_at: 7 });
    expect(request).toMatchObject({ sentAt: 7, single: true });
    expect(request.events.map(({ eventId }) => eventId)).toEqual(["e-1"]);
    expect(payloadsOf(request)).toEqual([event]);
  });

  it("is a list of events, in their order", () => {
    const request = parseTrackRequest({ events: [pageView({ event_id: "b" }), pageView({ event_id: "a" })] });
    expect(request).toMatchObject({ sentAt: undefined, single: false });
    expect(request.events.map(({ eventId }) => eventId)).toEqual(["b", "a"]);
  });

  it.each([undefined, null, 7, "text", true, [], [pageView()]])("is refused if it is %j", (body) => {
    expect(refusal(body)).toMatchObject({ code: "invalid-body", detail: { field: "body" } });
  });

  it.each([null, 7, "text", {}, [], true])("is refused if events is %j", (events) => {
    expect(refusal({ events })).toMatchObject({ code: "invalid-body", detail: { field: "events" } });
  });

  it.each([null, 7, "text", [], true, [{}]])("is refused as a whole if one event is %j", (event) => {
    const { code, detail } = refusal({ events: [pageView(), event] });
    expect({ code, field: detail?.field }).toEqual({ code: "invalid-body", field: "events[1]" });
  });

  it("may name its customer", () => {
    expect(parseTrackRequest({ ...pageView(), customer_id: "shop" }).customerId).toBe("shop");
    expect(parseTrackRequest({ events: [pageView({ customer_id: "shop" })] }).customerId).toBeUndefined();
  });

  it.each([7, null, {}])("is refused if customer_id is %j", (customer_id) => {
    const refused = refusal({ ...pageView(), customer_id });
    expect(refused).toMatchObject({ code: "invalid-body", detail: { field: "customer_id" } });
  });

  it("contains at most 500 events", () => {
    const list = (length: number) => Array.from({ length }, () => pageView());
    expect(parseTrackRequest({ events: list(500) }).events).toHaveLength(500);
    expect(refusal({ events: list(501) }).detail).toEqual({
      field: "events",
      expected: "a list of 1 to 500 events",
      got: "a list of 501",
    });
  });

  it("contains a repeated event once, at its first position", () => {
    const twice = [pageView({ event_id: "a", n: 1 }), pageView({ event_id: "b" }), pageView({ event_id: "a", n: 2 })];
    const request = parseTrackRequest({ events: twice });
    expect(payloadsOf(request).map(({ event_id, n }) => `${event_id} ${n}`)).toEqual(["a 1", "b undefined"]);
  });

  it.each([undefined, null, "", 7, {}, "x".repeat(129)])("gets an id for an event whose id is %j", (id) => {
    const { events } = parseTrackRequest({ events: [pageView({ event_id: id }), pageView({ event_id: id })] });
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
    expect(events[0]?.eventId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("the limit of an event", () => {
  it.each(["x", "ä", "😀", '"', "\\", "\n"])("is 65,536 bytes as stored, with %j in it", (character) => {
    const text = character.repeat(1000);
    expect(parseTrackRequest(ofBytes(65_536, text)).events).toHaveLength(1);
    expect(refusal(ofBytes(65_537, text)).code).toBe("payload-too-large");
  });

  it("is reported with the path of the larger event", () => {
    const { code, status, detail } = refusal({ events: [pageView(), ofBytes(65_537)] });
    expect({ code, status }).toEqual({ code: "payload-too-large", status: 413 });
    expect(detail).toEqual({ field: "events[1]", expected: "at most 65536 bytes", got: "65537" });
    expect(refusal(ofBytes(65_537)).detail?.field).toBe("body");
  });

  it("is 32 levels of nesting", () => {
    expect(parseTrackRequest(nested(32)).events).toHaveLength(1);
    expect(parseTrackRequest({ events: [nested(32)] }).events).toHaveLength(1);
    expect(refusal({ events: [nested(33)] })).toMatchObject({ code: "invalid-body", detail: { field: "events[0]" } });
    expect(refusal(nested(10_000)).detail).toEqual({ field: "body", expected: "at most 32 levels", got: "more" });
  });

  it("counts lists as levels", () => {
    const list = (levels: number) => ({ a: JSON.parse("[".repeat(levels) + "]".repeat(levels)) });
    expect(parseTrackRequest(list(31)).events).toHaveLength(1);
    expect(refusal(list(32)).code).toBe("invalid-body");
  });
});

describe("a character that Postgres cannot store", () => {
  it.each([
    ['"a\\u0000b"', "a\uFFFDb"],
    ['"\\ud800"', "\uFFFD"],
    ['"\\uDFFF\\uD800"', "\uFFFD\uFFFD"],
    ['"a\\ud83d"', "a\uFFFD"],
    ['"\\ud83d\\ude00"', "😀"],
    ['"\\ud83d\\ude00\\ud83d"', "😀\uFFFD"],
    ['"\\\\u0000"', "\\u0000"],
    ['"\\\\ud800"', "\\ud800"],
    ['"\\\\\\u0000"', "\\\uFFFD"],
    ['"\\\\\\\\u0000"', "\\\\u0000"],
    ['"\\u0001\\u001f\\u2028"', "\u0001\u001f\u2028"],
    ['"\\u005cu0000"', "\\u0000"],
  ])("is replaced, and no other: %s", (json, expected) => {
    const [payload] = payloadsOf(read(`{"event_type":"x","event_data":{"text":${json},${json}:1}}`));
    expect(payload.event_data).toEqual({ text: expected, [expected]: 1 });
  });

  it("is replaced in the id of an event too", () => {
    expect(read('{"event_id":"a\\u0000b\\ud800"}').events[0]?.eventId).toBe("a\uFFFDb\uFFFD");
  });

  it("is not seen in an id that only looks like it", () => {
    const ids = read(String.raw`{"events":[{"event_id":"a\\u0000"},{"event_id":"a\\ud800"}]}`).events;
    expect(ids.map(({ eventId }) => eventId)).toEqual(["a\\u0000", "a\\ud800"]);
  });
});

describe("keys with a meaning in JavaScript", () => {
  const json =
    '{"__proto__":{"polluted":1,"event_type":"y"},"constructor":{"prototype":{"polluted":1}},"toString":null}';

  it("are kept as data, and change no prototype", () => {
    const request = read(`{"events":[{"event_type":"x","event_data":${json}},${json}]}`);
    expect(request.events[0]?.text).toContain(`"event_data":${json}`);
    expect(request.events[1]?.text).toBe(json);
    expect(read(json).events[0]?.text).toBe(json);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("are not read as fields of an event or a request", () => {
    const json = '{"__proto__":{"customer_id":"other","events":[]},"event_type":"x"}';
    expect(read(json)).toMatchObject({ single: true, customerId: undefined });
  });
});
