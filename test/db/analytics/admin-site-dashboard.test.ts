import { describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { dashboard } from "../../support/analytics/site-requests.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { expectOperatorOnly, expectRefused } from "../../support/http/refused.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { USER_SECRET } from "../../support/http/tokens.ts";
import { addSite, processAll, send } from "../../worlds/site.ts";

const PATH = "/api/admin/sites/dashboard";

describe("GET /api/admin/sites/dashboard", () => {
  let db: Db;
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET },
  );

  it("requires the admin token; keys of sites are refused", async () => {
    const { readKey } = await addSite(db);
    await expectOperatorOnly(GET, `${PATH}?customerId=shop`);
    expect((await call(GET, `${PATH}?customerId=shop`, { token: readKey })).status).toBe(401);
  });

  it.each([
    ["customerId", "", "nothing"],
    ["customerId", "?customerId=", '""'],
    ["limit", "?customerId=shop&limit=101", '"101"'],
    ["interval", "?customerId=shop&interval=year", '"year"'],
    ["days", "?customerId=shop&days=7", "one"],
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, `${PATH}${query}`, field, got));

  it("refuses days in the wrong order", async () => {
    await addSite(db);
    await expectRefused(GET, `${PATH}?customerId=shop&from=2026-02-03&to=2026-02-02`, "from", "2026-02-03");
  });

  it("reports a site that does not exist", async () => {
    await addSite(db);
    const { status, body } = await call<Refusal>(GET, `${PATH}?customerId=shop2`);
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ code: "not-found", message: "expected a site, got shop2" });
  });

  it("shows the same as the read key of the site", async () => {
    await addSite(db);
    await addSite(db, { customerId: "cafe", timezone: "Asia/Tokyo" });
    const page = (page_url: string, session_id: string) => ({ event_type: "page_view", page_url, session_id });
    await send(db, [page("https://shop.example/", "a"), page("https://shop.example/prices?utm_source=mail", "b")]);
    await send(db, [page("https://cafe.example/", "c")], { customerId: "cafe" });
    await processAll(db);
    for (const span of ["from=2026-02-01&to=2026-02-03&limit=1", "from=2026-02-02&to=2026-02-02", "limit=5"]) {
      const { timestamp: _, ...own } = (await dashboard(`?${span}`)).body;
      const { timestamp, ...shown } = (await call(GET, `${PATH}?customerId=shop&${span}`)).body;
      expect(shown).toEqual(own);
      expect(Number.isNaN(Date.parse(String(timestamp)))).toBe(false);
    }
    const { body } = await call(GET, `${PATH}?customerId=cafe&from=2026-02-01&to=2026-02-03`);
    expect(body).toMatchObject({ customer_id: "cafe", timezone: "Asia/Tokyo", total_events: 1 });
  });

  it("shows a closed site too", async () => {
    await addSite(db);
    await db.execute("update sites set active = false");
    expect((await call(GET, `${PATH}?customerId=shop`)).body).toMatchObject({ customer_id: "shop", total_events: 0 });
  });

  it("takes precedence over a site of that name", async () => {
    expect((await call(GET, PATH, { token: null })).status).toBe(401); // the endpoint of a site would respond 405 to GET
  });
});
