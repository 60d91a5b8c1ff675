import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../lib/db/db.ts";
import { runCli } from "../support/children/run-cli.ts";
import { empty, freshPostgres } from "../support/database/databases.ts";
import { SETTINGS } from "../worlds/club-settings.ts";
import { addSite, counts, processAll, send } from "../worlds/site.ts";

describe("npm run cli -- site", () => {
  let url: string;
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, db, close } = await freshPostgres());
  });
  afterAll(() => close());
  beforeEach(async () => {
    await empty(db);
    await addSite(db);
    await addSite(db, { customerId: "club" });
  });

  const site = (...args: string[]) => runCli(["site", ...args], { env: { ...SETTINGS, DATABASE_URL: url } });

  it("shows the pending events and the dead letters of each site, with the reasons", async () => {
    await send(db, [{ event_id: "good", event_type: "click" }, { event_id: "bad" }], { now: new Date() });
    await processAll(db);
    await send(db, [{ event_id: "waits", event_type: "click" }], { now: new Date(Date.now() - 7 * 60_000) });
    const { code, out } = await site("status");
    expect(code).toBe(0);
    expect(out).toMatch(/^shop +1 +1 +0 +7 min +1 event-type-missing$/m);
    expect(out).toMatch(/^club +0 +0 +0 +- +-$/m);
    expect((await site("status", "--customer-id", "club")).out).not.toContain("shop");
  });

  it("processes pending events of one site or of all", async () => {
    for (const customerId of ["shop", "club"]) await send(db, [{ event_type: "click" }], { customerId });
    const one = await site("process", "--customer-id", "club");
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('"processed": 1') });
    expect(one.err).toContain("site-processing: 100 %");
    expect([await counts(db, "club"), await counts(db, "shop")]).toMatchObject([{ business: 1 }, { business: 0 }]);
    expect((await site("process")).code).toBe(0);
    expect(await counts(db, "shop")).toMatchObject({ business: 1, waiting: 0, staged: 0 });
  });

  it("replays dead letters of one reason, and counts that it was tried again", async () => {
    await send(db, [{ event_id: "bad" }, { event_id: "worse", event_type: 7 }]);
    await processAll(db);
    const { code, out } = await site("replay", "--reason", "event-type-invalid");
    expect(code).toBe(0);
    expect(out).toContain('"replayed": 1');
    const { rows: letters } = (await db.execute(
      sql`select event_id, attempts from raw.dead_letters order by event_id`,
    )) as unknown as { rows: unknown[] };
    expect(letters).toEqual([
      { event_id: "bad", attempts: 1 },
      { event_id: "worse", attempts: 2 },
    ]);
  });

  it.each([
    [[], "site: expected one of status, process, replay"],
    [["stats"], "site: expected one of status, process, replay"],
    [["status", "--customer-id", "nobody"], 'customer-id: expected a site, got "nobody"'],
    [["process", "--customer-id", "nobody"], 'customerId: expected a site, got "nobody"'],
    [["replay", "--reason", "bad-mood"], "reason: expected one of event-type-missing"],
    [["status", "--all"], "Unknown option '--all'"],
  ])("refuses %j with exit code 2", async (args, sentence) => {
    const { code, out, err } = await site(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });
});
