import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { redirectLog } from "../../../lib/log.ts";
import { withPoison } from "../../support/analytics/site-faults.ts";
import {
  dashboard,
  dumpDatabase,
  processNow,
  status,
  track,
  trackAsync,
} from "../../support/analytics/site-requests.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addSite, all } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";

const it = databaseTest(SETTINGS);

/** What is not stored about visitors. */

describe("a visitor's address", () => {
  let lines: string[];
  beforeEach<{ db: Db }>(async ({ db }) => {
    await addSite(db);
    lines = [];
    redirectLog((_, line) => lines.push(line));
  });
  afterEach(() => redirectLog(() => {}));

  it.for([
    [{ "x-forwarded-for": "203.0.113.77, 10.0.0.1" }, ["203.0.113", "10.0.0.1"]],
    [{ "x-real-ip": "203.0.113.77" }, ["203.0.113"]],
    [{ "x-real-ip": "2001:db8:7:42:aaaa:bbbb:cccc:dddd" }, ["2001:db8", "db8:7:42", "aaaa:bbbb"]],
    [{ "x-forwarded-for": "2001:DB8:7:42::AAAA" }, ["2001:db8", "2001:DB8", "db8:7:42"]],
    [{ "x-forwarded-for": "::ffff:203.0.113.77", "x-vercel-forwarded-for": "203.0.113.77" }, ["203.0.113"]],
  ] as const)("is stored, logged and returned nowhere: %j", async ([addressHeaders, traces], { db }) => {
    const headers = addressHeaders as unknown as Record<string, string>;
    const responses: unknown[] = [];
    await withPoison(db, async () => {
      for (const send of [track, trackAsync]) {
        for (const event_type of ["page_view", "", "poison"]) {
          responses.push(await send(pageView({ event_type, visitor_id: null, session_id: null }), { headers }));
        }
        responses.push(
          await send("no event", { headers }),
          await send(pageView(), { token: "twk_pub_wrong", headers }),
        );
      }
      responses.push(
        await status({ headers }),
        await dashboard("", { headers }),
        await processNow("?replay=1", { headers }),
      );
    });
    expect(await all(db, "business.events")).toHaveLength(2);
    const texts = [await dumpDatabase(db), lines.join("\n"), JSON.stringify(responses)];
    for (const text of texts) for (const trace of traces) expect(text).not.toContain(trace);
  });

  it("is not logged if a request fails", async ({ db }) => {
    await db.execute(sql`alter table raw.pending rename to pending_elsewhere`);
    try {
      const { status } = await track(pageView({ visitor_id: null }), { headers: { "x-real-ip": "203.0.113.77" } });
      expect(status).toBe(500);
    } finally {
      await db.execute(sql`alter table raw.pending_elsewhere rename to pending`);
    }
    expect(lines).not.toEqual([]);
    expect(lines.join("\n")).not.toMatch(/203\.0\.113|shop\.example|visitor-of|Mozilla/);
  });

  const visitors = async (db: Db) => new Set((await all(db, "business.events")).map(({ visitor_id: id }) => id));
  const from = (address: string, more: Record<string, string> = {}) =>
    track(pageView({ visitor_id: null, session_id: null }), { headers: { "x-real-ip": address, ...more } });

  it("identifies a household as one visitor of the day", async ({ db }) => {
    for (const address of ["2001:db8:0:42::1", "2001:db8:0:42:ffff::2", "2001:DB8:0:42::3"]) await from(address);
    expect((await visitors(db)).size).toBe(1);
    await from("2001:db8:0:43::1");
    await from("203.0.113.77");
    await from("203.0.113.77", {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    });
    expect((await visitors(db)).size).toBe(4);
  });

  it("identifies one visitor if the first requests of a day come at the same time", async ({ db }) => {
    await Promise.all(Array.from({ length: 4 }, () => from("203.0.113.77")));
    expect((await visitors(db)).size).toBe(1);
    expect(await all(db, "site_salts")).toHaveLength(1);
  });

  it("identifies another visitor on the next day, when the salt is deleted", async ({ db }) => {
    await from("203.0.113.77");
    await db.execute(sql`delete from site_salts`);
    await from("203.0.113.77");
    expect((await visitors(db)).size).toBe(2);
    expect(await all(db, "site_salts")).toHaveLength(1);
  });

  it("is not kept, and neither are the query and fragment of a page", async ({ db }) => {
    const page_url = "https://ada:s3cret-1@shop.example/a?token=s3cret-2#id=s3cret-3";
    await track(pageView({ page_url, referrer: "https://mail.example/s3cret-4?q=s3cret-5#s3cret-6" }));
    for (const table of [
      "staging.events",
      "business.events",
      "business.sessions",
      "business.pages",
      "business.rollups",
    ]) {
      const stored = await all(db, table);
      expect(stored.length).toBeGreaterThan(0);
      expect(JSON.stringify(stored)).not.toContain("s3cret");
    }
  });
});
