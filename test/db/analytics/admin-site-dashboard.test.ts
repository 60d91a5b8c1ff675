import { describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { dashboard } from "../../support/analytics/site-requests.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { GET } from "../../support/http/api.ts";
import { expectRefused } from "../../support/http/refused.ts";
import { call, type Refusal, SETTINGS } from "../../support/http/requests.ts";
import { addSite, processAll, send } from "../../worlds/site.ts";

const pathOf = (customerId: string, query = "") => `/api/admin/sites/${customerId}/dashboard${query}`;

/** What the site's key reads, in the words of the operators' API. */
function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [
    name.replace(/_./g, ([, letter]) => letter?.toUpperCase() ?? ""),
    name === "event_data" ? field : inCamelCase(field),
  ]);
  return Object.fromEntries(fields);
}

describe("GET /api/admin/sites/{id}/dashboard", () => {
  let db: Db;
  ownDatabase((own) => {
    db = own;
  }, SETTINGS);

  it.each([
    ["limit", "?limit=101", '"101"'],
    ["interval", "?interval=year", '"year"'],
    ["days", "?days=7", "one"],
    ["customerId", "?customerId=shop", "one"],
  ])("names a wrong %s: %s", (field, query, got) => expectRefused(GET, pathOf("shop", query), field, got));

  it("refuses days in the wrong order", async () => {
    await addSite(db);
    await expectRefused(GET, pathOf("shop", "?from=2026-02-03&to=2026-02-02"), "from", "2026-02-03");
  });

  it("reports a site that does not exist", async () => {
    await addSite(db);
    const { status, body } = await call<Refusal>(GET, pathOf("shop2"));
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ code: "not-found", message: "expected a site, got shop2" });
  });

  it("shows the same as the read key of the site", async () => {
    await addSite(db);
    await addSite(db, { customerId: "cafe", timezone: "Asia/Tokyo" });
    const page = (page_url: string, session_id: string) => ({ event_type: "page_view", page_url, session_id });
    const data = { event_data: { a_b: { c_d: 1 } } };
    await send(db, [page("https://shop.example/", "a"), page("https://shop.example/prices?utm_source=mail", "b")]);
    await send(db, [{ ...page("https://shop.example/", "b"), ...data }, { event_type: "" }]);
    await send(db, [page("https://cafe.example/", "c")], { customerId: "cafe" });
    await processAll(db);
    for (const span of ["from=2026-02-01&to=2026-02-03&limit=1", "from=2026-02-02&to=2026-02-02", "limit=5"]) {
      const { body } = await dashboard(`?${span}`);
      const { success, timestamp, dead_letters, total_events, processed_to_staging, ...own } = body;
      const { processed_to_business, completion_rate, latest_event, summary, ...rest } = own;
      const expected = inCamelCase({ ...rest, summary: { ...(summary as object), dead_letters } });
      expect((await call(GET, pathOf("shop", `?${span}`))).body).toEqual(expected);
    }
    const { body } = await call(GET, pathOf("cafe", "?from=2026-02-01&to=2026-02-03"));
    expect(body).toMatchObject({ customerId: "cafe", timezone: "Asia/Tokyo", summary: { totalEvents: 1 } });
  });

  it("shows a closed site too", async () => {
    await addSite(db);
    await db.execute("update sites set active = false");
    const { body } = await call(GET, pathOf("shop"));
    expect(body).toMatchObject({ customerId: "shop", summary: { totalEvents: 0 } });
  });

  it.each(["dashboard", "older:one", "a%2Fb"])("shows a site with the id %s", async (segment) => {
    const customerId = decodeURIComponent(segment);
    await addSite(db, { customerId });
    expect((await call(GET, pathOf(segment))).body).toMatchObject({ customerId });
  });
});
