import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadBatch } from "../../../lib/analytics/pipeline/load.ts";
import { processEvents } from "../../../lib/analytics/pipeline/pipeline.ts";
import { validateBatch } from "../../../lib/analytics/pipeline/validate.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, transact } from "../../../lib/db/db.ts";
import { expectRecomputed } from "../../support/analytics/site-reference.ts";
import { openPglite } from "../../support/database/databases.ts";
import { databaseRuns } from "../../support/thorough.ts";
import { addSite, counts, processAll, SHOP, send } from "../../worlds/site.ts";
import { CONTEXT } from "../../worlds/site-request.ts";
import { GOOGLEBOT, PHONE } from "../../worlds/site-visits.ts";

/** The sums do not depend on the order and the batches in which events arrive. */

let connection: Connection;
let db: Db;
beforeAll(async () => {
  connection = await openPglite();
  db = connection.db;
  await addSite(db);
});
afterAll(() => connection.close());

const STEP_MS = 15 * 60_000;
/** Berlin: the clock is put forward, put back; midnight. Two hours before the first two it is midnight too. */
const MOMENTS = ["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2026-02-01T23:00Z"];
const CLIENTS = [CONTEXT, { ...CONTEXT, userAgent: PHONE, country: "AT" }, { ...CONTEXT, userAgent: GOOGLEBOT }];

const event = fc.record({
  /** Counted from the moment, so that many events are simultaneous or exactly half an hour apart. */
  steps: fc.integer({ min: -11, max: 6 }),
  ms: fc.constantFrom(0, 0, 0, 0, 0, 1, -1),
  client: fc.constantFrom(0, 0, 0, 0, 1, 1, 2),
  event_type: fc.constantFrom("page_view", "page_view", "pageview", "click"),
  page_url: fc.constantFrom("/", "/cart", "/?utm_source=news&utm_campaign=winter", "/cart?utm_medium=mail", undefined),
  referrer: fc.constantFrom(undefined, "https://www.search.example/?q=shoes"),
  /** If it is missing, the visitor makes the visit. */
  session_id: fc.constantFrom("a", "a", "a", "b", undefined),
  visitor_id: fc.constantFrom("ada", "bob"),
});

/** A call, which may repeat events of other calls, and the processing after it. */
const call = fc.record({
  which: fc.array(fc.nat({ max: 23 }), { minLength: 1, maxLength: 10 }),
  after: fc.constantFrom("its own", "all", "some", "nothing"),
});

const story = fc.record({
  moment: fc.constantFrom(...MOMENTS).map((text) => Date.parse(text)),
  events: fc.array(event, { minLength: 1, maxLength: 24 }),
  calls: fc.array(call, { maxLength: 5 }),
});

type Event = ReturnType<typeof event.generate>["value"];

/** The event as it is sent. */
const toPayload = ({ client: _, steps, ms, page_url, ...event }: Event, index: number, moment: number) => ({
  ...event,
  event_id: `e${index}`,
  page_url: page_url && `https://shop.example${page_url}`,
  occurred_at: new Date(moment + steps * STEP_MS + ms).toISOString(),
});

async function processSome(what: string, own: string[], now: Date): Promise<void> {
  if (what === "its own") expect(await processEvents(db, SHOP, own, now)).toEqual([]);
  if (what === "all") await processAll(db, now);
  if (what !== "some") return;
  await transact(db, (tx) => validateBatch(tx, SHOP.customerId, { max: 3 }, now));
  await transact(db, (tx) => loadBatch(tx, SHOP, { max: 2 }, now));
}

it("visits, visitors, pages and rollups equal those computed from all events, for any order and batches", async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ moment, events, calls }) => {
      await db.execute(sql`truncate raw.events, raw.event_ids, raw.pending, staging.events, staging.pending,
        business.events, business.sessions, business.visitors, business.pages, business.rollups`);
      const now = new Date(moment + 24 * STEP_MS);
      for (const { which, after } of [...calls, { which: [...events.keys()], after: "all" }]) {
        const indexes = [...new Set(which.map((index) => index % events.length))];
        const own: string[] = [];
        for (const [client, context] of CLIENTS.entries()) {
          const part = indexes.filter((index) => events[index]?.client === client);
          if (part.length === 0) continue;
          const list = part.map((index) => toPayload(events[index] as Event, index, moment));
          own.push(...(await send(db, list, { now, context })).rawIds);
        }
        await processSome(after, own, now);
      }
      expect(await counts(db)).toMatchObject({ business: events.length, waiting: 0, staged: 0, dead: 0 });
      await expectRecomputed(db, SHOP);
    }),
    { numRuns: databaseRuns(60) },
  );
});
