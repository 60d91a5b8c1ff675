import { describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { dumpDatabase, status, track } from "../../support/analytics/site-requests.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { DELETE, GET, PATCH, POST } from "../../support/http/api.ts";
import { call, type Refusal, SETTINGS, type Sent } from "../../support/http/requests.ts";
import { addSite, all, processAll, send } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";

/** Operators create sites, change them and replace their keys. */

interface CreatedSite {
  customerId: string;
  writeKey: string;
  readKey: string;
}

interface SiteList {
  items: { customerId: string }[];
  nextCursor: string | null;
}

describe("a site", () => {
  let db: Db;
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, EVENTS_TIMEZONE: "Europe/Vienna" },
  );

  const create = <Body = CreatedSite>(settings: object = {}, sent: Sent = {}) =>
    call<Body>(POST, "/api/admin/sites", { json: { customerId: "shop", ...settings }, ...sent });
  const list = (sent: Sent = {}, query = "") => call<SiteList>(GET, `/api/admin/sites${query}`, sent);
  const change = <Body = Record<string, unknown>>(json: unknown, id = "shop", sent: Sent = {}) =>
    call<Body>(PATCH, `/api/admin/sites/${id}`, { method: "PATCH", json, ...sent });
  const rotate = <Body = { key: string; oldExpireAt: string }>(json: unknown, id = "shop", sent: Sent = {}) =>
    call<Body>(POST, `/api/admin/sites/${id}/keys`, { json, ...sent });
  const revoke = <Body = Record<string, unknown>>(query: string, id = "shop", sent: Sent = {}) =>
    call<Body>(DELETE, `/api/admin/sites/${id}/keys${query}`, { method: "DELETE", ...sent });
  const writes = async (token: string) => (await track(pageView(), { token })).status === 200;
  const reads = async (token: string) => (await status({ token })).status === 200;

  it("is created with a write and a read key", async () => {
    const { status, headers, body } = await create({ name: "The Shop", allowedOrigins: ["https://shop.example"] });
    expect(status).toBe(201);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      customerId: "shop",
      name: "The Shop",
      timezone: "Europe/Vienna",
      allowedOrigins: ["https://shop.example"],
      active: true,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      writeKey: expect.stringMatching(/^twk_pub_[\w-]{32}$/),
      readKey: expect.stringMatching(/^twk_sec_[\w-]{32}$/),
    });
    expect([await writes(body.writeKey), await reads(body.readKey)]).toEqual([true, true]);
    expect([await writes(body.readKey), await reads(body.writeKey)]).toEqual([false, false]);
  });

  it("shows its keys once: never again, and nowhere in the database", async () => {
    const { writeKey, readKey } = (await create()).body;
    const { key } = (await rotate({ kind: "write", oldValidForMinutes: 5 })).body;
    await track({ ...pageView(), key: writeKey }, { token: null });
    await track({ events: [pageView()], key: writeKey }, { token: null });
    const dump = await dumpDatabase(db);
    const listed = JSON.stringify((await list()).body);
    for (const secret of [writeKey, readKey, key]) {
      for (const text of [dump, listed]) expect(text).not.toContain(secret.slice(8));
      expect(listed).toContain(`…${secret.slice(-4)}`);
    }
  });

  it("is created once", async () => {
    const { writeKey } = (await create()).body;
    const { status, body } = await create<Refusal>({ name: "Another" });
    expect({ status, code: body.error.code }).toEqual({ status: 409, code: "conflict" });
    expect(await writes(writeKey)).toBe(true);
    expect(await all(db, "site_keys")).toHaveLength(2);
  });

  it("is listed with its pending events and dead letters", async () => {
    await create({ timezone: "Europe/Berlin" });
    await addSite(db, { customerId: "another" });
    await send(db, [pageView({ event_type: "" })]);
    await processAll(db);
    await send(db, [pageView(), pageView()]);
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { customerId: "another", pending: 0, deadLetters: 0 },
      { customerId: "shop", name: "shop", timezone: "Europe/Berlin", active: true, pending: 2, deadLetters: 1 },
    ]);
  });

  it("is on one page of the list, and on no other", async () => {
    for (const customerId of ["B", "a", "b", "shop:old", "z"]) await addSite(db, { customerId });
    const listed: string[] = [];
    let cursor: string | null = "";
    for (let page = 0; cursor !== null; page += 1) {
      const { body }: { body: SiteList } = await list({}, `?limit=2${cursor && `&cursor=${cursor}`}`);
      listed.push(...body.items.map(({ customerId }) => customerId));
      cursor = body.nextCursor;
      if (page === 0) for (const customerId of ["0", "c"]) await addSite(db, { customerId });
    }
    // A site that was added before the cursor is not listed, one after it is.
    expect(listed).toEqual(["B", "a", "b", "c", "shop:old", "z"]);
  });

  it.each([
    ["cursor", "?cursor=x"],
    ["cursor", "?cursor=W10"],
    ["limit", "?limit=0"],
    ["limit", "?limit=501"],
    ["after", "?after=shop"],
  ])("is not listed with a wrong %s: %s", async (field, query) => {
    const { status, body } = await call<Refusal>(GET, `/api/admin/sites${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: "invalid-parameter", field: expect.stringContaining(field) });
  });

  it("gets a new key, and the old one expires at once by default", async () => {
    const { writeKey, readKey } = (await create()).body;
    const { status, body } = await rotate({ kind: "write" });
    expect(status).toBe(201);
    expect([await writes(writeKey), await writes(body.key), await reads(readKey)]).toEqual([false, true, true]);
    const read = (await rotate({ kind: "read" })).body.key;
    expect([await reads(readKey), await reads(read), await writes(body.key)]).toEqual([false, true, true]);
  });

  it("gets a new key, and the old one expires later on request", async () => {
    const { writeKey } = (await create()).body;
    const { body } = await rotate({ kind: "write", oldValidForMinutes: 60 });
    expect(Math.abs(Date.parse(body.oldExpireAt) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect([await writes(writeKey), await writes(body.key)]).toEqual([true, true]);
    const newest = (await rotate({ kind: "write", oldValidForMinutes: 0 })).body.key;
    expect([await writes(writeKey), await writes(body.key), await writes(newest)]).toEqual([false, false, true]);
  });

  it("does not extend an old key that already expires", async () => {
    await create();
    await rotate({ kind: "write", oldValidForMinutes: 1 });
    await rotate({ kind: "write", oldValidForMinutes: 600 });
    const ends = (await all(db, "site_keys")).flatMap(({ kind, expires_at: end }) =>
      kind === "write" && end !== null ? [Number(new Date(String(end))) - Date.now()] : [],
    );
    expect(ends.sort((one, other) => one - other).map((ms) => Math.ceil(ms / 60_000))).toEqual([1, 600]);
  });

  it("loses all keys of a kind, and can get another", async () => {
    const { writeKey, readKey } = (await create()).body;
    const second = (await rotate({ kind: "write", oldValidForMinutes: 60 })).body.key;
    expect((await revoke("?kind=write")).body).toEqual({ revoked: 2 });
    expect([await writes(writeKey), await writes(second), await reads(readKey)]).toEqual([false, false, true]);
    expect((await revoke("?kind=write")).body).toMatchObject({ revoked: 0 });
    expect(await writes((await rotate({ kind: "write" })).body.key)).toBe(true);
  });

  it("changes its origins at once", async () => {
    const { writeKey: token } = (await create({ allowedOrigins: ["https://old.example"] })).body;
    const from = async (origin: string) => (await track(pageView(), { token, headers: { origin } })).status;
    const { status, body } = await change({ allowedOrigins: ["https://new.example"] });
    expect(status).toBe(200);
    expect(body).toEqual({
      customerId: "shop",
      name: "shop",
      timezone: "Europe/Vienna",
      allowedOrigins: ["https://new.example"],
      active: true,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect([await from("https://old.example"), await from("https://new.example")]).toEqual([403, 200]);
    await change({ allowedOrigins: [] });
    expect(await from("https://new.example")).toBe(403);
  });

  it("can be closed and opened again", async () => {
    const { writeKey, readKey } = (await create()).body;
    await change({ active: false });
    expect([await writes(writeKey), await reads(readKey)]).toEqual([false, false]);
    await change({ active: true, name: "Open again" });
    expect([await writes(writeKey), await reads(readKey)]).toEqual([true, true]);
  });

  it.each([
    [{ customerId: "" }, "customerId"],
    [{ customerId: "a b" }, "customerId"],
    [{ customerId: "x".repeat(129) }, "customerId"],
    [{ customerId: 7 }, "customerId"],
    [{ name: "x".repeat(201) }, "name"],
    [{ name: "a\u0000" }, "name"],
    [{ allowedOrigins: "https://shop.example" }, "allowedOrigins"],
    [{ allowedOrigins: ["https://shop.example", "*"] }, "allowedOrigins[1]"],
    [{ allowedOrigins: ["https://shop.example/"] }, "allowedOrigins[0]"],
    [{ allowedOrigins: ["https://shop.example/path"] }, "allowedOrigins[0]"],
    [{ allowedOrigins: ["shop.example"] }, "allowedOrigins[0]"],
    [{ allowedOrigins: ["null"] }, "allowedOrigins[0]"],
    [{ allowedOrigins: Array(101).fill("https://shop.example") }, "allowedOrigins"],
    [{ timezone: "Europe/Nowhere" }, "timezone"],
    [{ keys: [] }, "keys"],
  ])("is not created from %j", async (settings, field) => {
    const { status, body } = await create<Refusal>(settings);
    expect({ status, field: body.error.field }).toEqual({ status: 422, field });
    expect(body.error.expected).toBeTruthy();
    expect(await all(db, "sites")).toEqual([]);
  });

  it.each(["https://Shop.Example", "https://ada@shop.example", "https://shop.example?x", "https://shop.example:443"])(
    "cannot have the origin %s, which no browser sends",
    async (origin) => {
      expect((await create({ allowedOrigins: [origin] })).status).toBe(422);
    },
  );

  it.each([
    [{}],
    [{ active: "yes" }],
    [{ timezone: "UTC" }],
    [{ customerId: "other" }],
    [{ allowedOrigins: [7] }],
    [[]],
    [null],
  ])("is not changed by %j", async (settings) => {
    await create();
    const { status, body } = await change<Refusal>(settings);
    expect({ status, code: body.error.code }).toEqual({ status: 422, code: "invalid-body" });
    expect(body.error.field).toBeTruthy();
  });

  it("names the wrong field of a request about keys", async () => {
    await create();
    const { error } = (await rotate<Refusal>({ kind: "admin" })).body;
    expect(error).toMatchObject({ field: "kind", expected: "write or read", got: '"admin"' });
    for (const minutes of [-1, 43_201, 1.5, "soon"]) {
      const { status, body } = await rotate<Refusal>({ kind: "read", oldValidForMinutes: minutes });
      expect({ status, field: body.error.field }).toEqual({ status: 422, field: "oldValidForMinutes" });
    }
    expect(await revoke<Refusal>("")).toMatchObject({ status: 400, body: { error: { field: "kind" } } });
    expect(await revoke<Refusal>("?kind=all")).toMatchObject({ status: 400, body: { error: { field: "kind" } } });
  });

  it("is reported as missing if it does not exist", async () => {
    expect((await change({ active: false }, "nobody")).status).toBe(404);
    expect((await rotate({ kind: "write" }, "nobody")).status).toBe(404);
    expect((await revoke("?kind=write", "nobody")).status).toBe(404);
  });
});
