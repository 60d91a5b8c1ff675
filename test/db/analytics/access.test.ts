import { sql } from "drizzle-orm";
import { beforeEach, describe, expect } from "vitest";
import { authorizeRead } from "../../../lib/analytics/sites/access.ts";
import type { Db } from "../../../lib/db/db.ts";
import { dashboard, processNow, status, track, trackAsync, trackText } from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { api, OPTIONS, POST } from "../../support/http/api.ts";
import { call, type Refusal, SETTINGS, type Sent } from "../../support/http/requests.ts";
import { addSite, counts, processAll, READ_KEY, send, WRITE_KEY } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";

const it = databaseTest(SETTINGS);

/** Who may send events to a site and read its reports, and from which origins. */

const OWN = "https://taktwerk.example";
const SHOP = "https://shop.example";
const OTHER = "https://other.example";
const FOREIGN = "https://evil.example";

describe("a site's keys", () => {
  beforeEach<{ db: Db }>(async ({ db }) => {
    await addSite(db);
    await addSite(db, { customerId: "other", origins: [OTHER] });
  });

  const writing = [
    ["track", (sent: Sent) => track<Refusal>(pageView(), sent)],
    ["track/async", (sent: Sent) => trackAsync<Refusal>(pageView(), sent)],
  ] as const;
  const reading = [
    ["status", (sent: Sent) => status<Refusal>(sent)],
    ["dashboard", (sent: Sent) => dashboard<Refusal>("", sent)],
    ["process", (sent: Sent) => processNow<Refusal>("", sent)],
  ] as const;

  it.for([...writing, ...reading])("are required for %s", async ([, request], { db }) => {
    for (const key of ["twk_pub_wrong", "twk_sec_wrong", `${WRITE_KEY}x`, READ_KEY.toUpperCase()]) {
      const { status, headers, body } = await request({ token: key });
      expect({ status, code: body.error.code }).toEqual({ status: 401, code: "unauthorized" });
      expect(headers.get("www-authenticate")).toBe("Bearer");
      expect(JSON.stringify(body)).not.toContain(key);
    }
    expect((await request({ token: null })).status).toBe(401);
    expect((await counts(db)).raw).toBe(0);
  });

  it("are refused after they have expired", async ({ db }) => {
    const expire = (at: string) => db.execute(sql`update site_keys set expires_at = ${at} where customer_id = 'shop'`);
    await expire(new Date(Date.now() + 60_000).toISOString());
    expect([(await track(pageView())).status, (await status()).status]).toEqual([200, 200]);
    await expire(new Date(Date.now() - 1000).toISOString());
    expect([(await track(pageView())).status, (await status()).status]).toEqual([401, 401]);
  });

  it("are valid until the millisecond before their expiry", async ({ db }) => {
    const expiry = new Date("2026-02-02T12:00:00Z");
    await db.execute(sql`update site_keys set expires_at = ${expiry.toISOString()} where customer_id = 'shop'`);
    const request = () =>
      new Request("https://taktwerk.example/", { headers: { authorization: `Bearer ${READ_KEY}` } });
    const before = new Date(expiry.getTime() - 1);
    expect(await authorizeRead(db, request(), before)).toMatchObject({ customerId: "shop" });
    await expect(authorizeRead(db, request(), expiry)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("are refused if the site is closed", async ({ db }) => {
    await db.execute(sql`update sites set active = false where customer_id = 'shop'`);
    expect([(await track(pageView())).status, (await status()).status]).toEqual([401, 401]);
  });

  it("in a body are accepted like those in a header", async () => {
    const trackWithKey = (key: string) => track({ ...pageView(), key }, { token: null });
    expect((await trackWithKey(WRITE_KEY)).status).toBe(200);
    expect((await trackWithKey(READ_KEY)).status).toBe(401);
    expect((await trackWithKey("twk_pub_wrong")).status).toBe(401);
  });

  it.each([...writing, ...reading])("are refused at %s with another customer's id", async (_, request) => {
    const { status, body } = await request({ headers: { "x-customer-id": "other" } });
    expect({ status, code: body.error.code }).toEqual({ status: 403, code: "forbidden" });
    expect((await request({ headers: { "x-customer-id": "shop" } })).status).toBeLessThan(300);
  });

  it("are refused with another customer's id in the body", async ({ db }) => {
    expect((await track({ ...pageView(), customer_id: "other" })).status).toBe(403);
    expect((await track({ ...pageView(), customer_id: "shop" })).status).toBe(200);
    expect(await counts(db, "other")).toMatchObject({ raw: 0, business: 0 });
  });

  it("give no access to another site", async ({ db }) => {
    await send(db, [pageView({ event_id: "e-1" }), pageView({ event_type: "" })]);
    await processAll(db);
    await send(db, [pageView({ event_id: "e-2" })]);
    const before = await counts(db);
    const key = { token: "twk_sec_read-key-of-other" };
    const state = {
      customer_id: "other",
      status: "idle",
      pending: { raw: 0, staging: 0 },
      dead_letters: [],
      events: [],
      recent_events: [],
      pipeline_status: { pending: { raw: 0, staging: 0 }, oldest_pending: null, dead_letters: [] },
    };
    const { body } = await status(key);
    expect(body).toMatchObject(state);
    expect(body.oldest_pending ?? null).toBeNull();
    const report = await dashboard("?from=2026-01-01&to=2026-12-31", key);
    expect(report.body).toMatchObject({ total_events: 0, dead_letters: 0, visits: [], events: [], top_pages: [] });
    expect(report.body.summary).toMatchObject({ visitors: 0, visits: 0, page_views: 0, events: 0, bot_events: 0 });
    expect((await processNow("?replay=true", key)).body).toMatchObject({ staged: 0, processed: 0, replayed: 0 });
    expect(await counts(db)).toEqual(before);
  });

  it("let two sites have events with the same id", async ({ db }) => {
    await track(pageView({ event_id: "e-1" }));
    const { body } = await track(pageView({ event_id: "e-1" }), { token: "twk_pub_write-key-of-other" });
    expect(body).toMatchObject({ recorded: 1, duplicates: 0 });
    expect([(await counts(db)).business, (await counts(db, "other")).business]).toEqual([1, 1]);
  });

  it("are checked before anything that would tell whether an event exists", async () => {
    await track(pageView({ event_id: "e-1" }));
    const existing = await track<Refusal>(pageView({ event_id: "e-1" }), { token: "twk_pub_wrong" });
    const fresh = await track<Refusal>(pageView({ event_id: "e-2" }), { token: "twk_pub_wrong" });
    expect(existing.body.error.message).toBe(fresh.body.error.message);
  });

  describe("on a page", () => {
    const cors = (headers: Headers) => headers.get("access-control-allow-origin");

    it.each([SHOP, OWN])("are accepted on %s", async (origin) => {
      for (const [, request] of [...writing, ...reading]) {
        const { status, headers } = await request({ headers: { origin } });
        expect(status).toBeLessThan(300);
        expect(cors(headers)).toBe(origin);
        expect(headers.get("vary")).toContain("Origin");
      }
    });

    it.for([
      FOREIGN,
      "null",
      "http://shop.example",
      "https://shop.example:8443",
      "https://www.shop.example",
      "https://SHOP.example",
    ])("are refused on %s", async (origin, { db }) => {
      for (const [, request] of [...writing, ...reading]) {
        const { status, headers, body } = await request({ headers: { origin } });
        expect({ status, code: body.error.code, cors: cors(headers) }).toEqual({
          status: 403,
          code: "forbidden",
          cors: null,
        });
      }
      expect((await counts(db)).raw).toBe(0);
    });

    it("are refused on a page of another site", async () => {
      expect((await track(pageView(), { headers: { origin: OTHER } })).status).toBe(403);
      expect((await status({ headers: { origin: OTHER } })).status).toBe(403);
    });

    it("are refused with a response that the page may read", async () => {
      const { status, headers } = await track(pageView(), { token: "twk_pub_wrong", headers: { origin: SHOP } });
      expect({ status, cors: cors(headers) }).toEqual({ status: 401, cors: SHOP });
    });

    const preflight = (origin: string) =>
      call(OPTIONS, "/api/v1/track", { method: "OPTIONS", token: null, headers: { origin } });

    it.each([SHOP, OTHER, OWN])("may be sent from %s after a preflight", async (origin) => {
      const { status, headers } = await preflight(origin);
      expect(status).toBe(204);
      expect(cors(headers)).toBe(origin);
      expect(headers.get("access-control-allow-methods")).toContain("POST");
      const allowed = headers.get("access-control-allow-headers");
      for (const name of ["authorization", "content-type", "x-customer-id"]) expect(allowed).toContain(name);
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    });

    it.each([FOREIGN, "null", "https://evil.example'; drop table sites; --"])(
      "may not be sent from %s",
      async (origin) => {
        expect(cors((await preflight(origin)).headers)).toBeNull();
      },
    );
  });

  it("are refused with another method", async () => {
    for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"] as const) {
      const { status, headers } = await call(api, "/api/v1/track", { method, token: WRITE_KEY });
      expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "POST" });
    }
    const { status } = await call(POST, "/api/v1/track/dashboard", {
      method: "POST",
      token: READ_KEY,
    });
    expect(status).toBe(405);
  });

  it("are checked before the events", async () => {
    for (const body of ['{"event_type":"x"}', '{"events":[]}', "null", `{"event_type":"${"x".repeat(70_000)}"}`]) {
      const { status, body: answer } = await trackText<Refusal>(body, { authorization: "Basic abc" });
      expect({ status, message: answer.error.message }).toEqual({
        status: 401,
        message:
          "This endpoint requires Authorization: Bearer <the site's write key>; the request has no token or a wrong one.",
      });
    }
  });
});
