import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClient } from "../../../web/client/client.ts";
import { answering, failure, json } from "./answering.ts";

const BOOKING = { body: { slotId: 7, name: "Ada", email: "ada@example.com" } };
const ID = "00000000-0000-4000-8000-000000000001";

describe("the client repeats a request", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("after faults that may pass, until it succeeds", async () => {
    const faults = [
      () => Promise.reject(new TypeError("fetch failed")),
      () => failure(503, { code: "unavailable" }),
      () => failure(429, { code: "rate-limited" }),
      () => new Response("bad gateway", { status: 502 }),
      () => new Response("timeout", { status: 504 }),
    ];
    const { fetch, requests } = answering((count) => faults[count]?.() ?? json({ items: [] }));
    const call = createClient({ fetch, retries: 5 }).listServices();
    await vi.runAllTimersAsync();
    await expect(call).resolves.toEqual({ items: [] });
    expect(requests).toHaveLength(6);
  });

  it("twice by default, then it throws the last error", async () => {
    const { fetch, requests } = answering(() => failure(503, { code: "unavailable" }));
    const call = expect(createClient({ fetch }).listServices()).rejects.toMatchObject({ code: "unavailable" });
    await vi.runAllTimersAsync();
    await call;
    expect(requests).toHaveLength(3);
  });

  it("after the time that the API names, and not at all if that is long", async () => {
    const waits = ["3", "60"];
    const { fetch, requests } = answering((count) =>
      failure(429, { code: "rate-limited" }, { "Retry-After": waits[count] ?? "" }),
    );
    const call = expect(createClient({ fetch }).listServices()).rejects.toMatchObject({ retryAfter: 60 });
    await vi.advanceTimersByTimeAsync(2999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await call;
    expect(requests).toHaveLength(2);
  });

  it("with the same new idempotency key, so that it books once", async () => {
    const { fetch, requests } = answering((count) =>
      count === 0 ? failure(503, { code: "unavailable" }) : json({}, 201),
    );
    const client = createClient({ fetch });
    const first = client.createBooking(BOOKING);
    await vi.runAllTimersAsync();
    await first;
    await client.createBooking(BOOKING);
    const keys = requests.map(({ headers }) => headers["Idempotency-Key"]);
    expect(keys[0]).toMatch(/^[\da-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("never if a second one could have a second effect, or if the fault stays", async () => {
    const cases = [
      { call: "moveBooking", error: failure(503, { code: "unavailable" }) },
      { call: "getBooking", error: failure(503, { code: "not-configured" }) },
      { call: "getBooking", error: failure(404, { code: "not-found" }) },
      { call: "getBooking", error: failure(500, { code: "internal" }) },
    ] as const;
    for (const { call, error } of cases) {
      const { fetch, requests } = answering(() => error);
      const client = createClient({ fetch, token: "a" });
      const answer =
        call === "moveBooking" ? client.moveBooking({ id: ID, body: { slotId: 1 } }) : client.getBooking({ id: ID });
      await expect(answer).rejects.toMatchObject({ status: error.status });
      expect(requests).toHaveLength(1);
    }
  });

  it("no more once it is aborted", async () => {
    const abort = new AbortController();
    const { fetch, requests } = answering(() => failure(503, { code: "unavailable" }));
    const call = expect(createClient({ fetch }).listServices({}, { signal: abort.signal })).rejects.toThrow(
      "left the page",
    );
    await vi.advanceTimersByTimeAsync(1);
    abort.abort(new Error("left the page"));
    await call;
    await vi.runAllTimersAsync();
    expect(requests).toHaveLength(1);
  });
});

describe("a call that is aborted while it is under way", () => {
  it("rejects with the reason of the signal", async () => {
    const abort = new AbortController();
    const { fetch } = answering((_, { signal }) => {
      abort.abort(new Error("left the page"));
      return Promise.reject(signal?.reason);
    });
    const call = createClient({ fetch }).listServices({}, { signal: abort.signal });
    await expect(call).rejects.toThrow("left the page");
  });
});
