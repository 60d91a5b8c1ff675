import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dropPartition, ensurePartitions, partitionDays } from "../../../lib/analytics/pipeline/partitions.ts";
import { validateBatch } from "../../../lib/analytics/pipeline/validate.ts";
import { forgetRaw } from "../../../lib/analytics/retention.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { type Db, rows, transact } from "../../../lib/db/db.ts";
import { DATABASES, empty } from "../../support/database/databases.ts";
import { addSite, all, counts, processAll, send } from "../../worlds/site.ts";
import { pageView } from "../../worlds/site-events.ts";
import { NOW } from "../../worlds/site-request.ts";

/** Partitions of received events: created before their day begins, and dropped after the retention time. */

const DAY_MS = 86_400_000;
const daysLater = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    daysLater(from + index)
      .toISOString()
      .slice(0, 10),
  );

describe.each(DATABASES)("partitions on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await empty(db);
    for (const day of await partitionDays(db)) await dropPartition(db, day);
    await addSite(db);
  });

  const stagingDays = async () => {
    const partitions = await rows<{ name: string }>(
      db,
      sql`select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = 'staging.events'::regclass order by relname`,
    );
    return partitions.map(({ name }) => name.replace(/^events_(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
  };
  const forget = (now: Date, retention = 30, batch = 1000) =>
    transact(db, (tx) => forgetRaw(tx, now, retention, batch));

  it("are created for today and a week ahead, once", async () => {
    await ensurePartitions(db, NOW);
    expect(await partitionDays(db)).toEqual(days(0, 7));
    expect(await stagingDays()).toEqual(days(0, 7));
    await ensurePartitions(db, NOW);
    await ensurePartitions(db, daysLater(1));
    expect(await partitionDays(db)).toEqual(days(0, 8));
  });

  it("are created once by several processes at once", async () => {
    await Promise.all([0, 0, 1, 2].map((day) => ensurePartitions(db, daysLater(day))));
    expect(await partitionDays(db)).toEqual(days(0, 9));
    expect(await stagingDays()).toEqual(days(0, 9));
  });

  it("are created if one in between is missing", async () => {
    await ensurePartitions(db, NOW);
    await dropPartition(db, days(3, 3)[0] ?? "");
    await ensurePartitions(db, NOW);
    expect(await partitionDays(db)).toEqual(days(0, 7));
  });

  it("are created by requests if they are missing, also by several at once", async () => {
    await Promise.all([send(db, [pageView()]), send(db, [pageView()]), send(db, [pageView()])]);
    expect(await counts(db)).toMatchObject({ raw: 3, waiting: 3 });
    expect(await partitionDays(db)).toEqual(days(0, 7));
    await processAll(db);
    expect(await counts(db)).toMatchObject({ staging: 3, business: 3 });
  });

  it.each(["2026-02-02T00:00:00.000Z", "2026-02-02T23:59:59.999Z"])(
    "contain the events received at %s",
    async (time) => {
      await ensurePartitions(db, NOW);
      await send(db, [pageView()], { now: new Date(time) });
      expect(await all(db, "raw.events_20260202")).toHaveLength(1);
    },
  );

  it("are created by a request on a later day", async () => {
    await ensurePartitions(db, NOW);
    await send(db, [pageView()], { now: daysLater(20) });
    expect(await partitionDays(db)).toEqual([...days(0, 7), ...days(20, 27)]);
  });

  it("are dropped after the retention time, and business keeps its events", async () => {
    await send(db, [pageView({ event_id: "e-1" })]);
    await processAll(db);
    expect(await forget(daysLater(30))).toMatchObject({ rawDaysDropped: 0 });
    expect(await counts(db)).toMatchObject({ raw: 1, staging: 1, business: 1 });
    const forgotten = await forget(daysLater(31));
    expect(forgotten).toEqual({ rawDaysDropped: 1, eventIdsForgotten: 1, deadLettersForgotten: 0 });
    expect(await partitionDays(db)).toEqual(days(1, 7));
    expect(await stagingDays()).toEqual(days(1, 7));
    expect(await counts(db)).toMatchObject({ raw: 0, staging: 0, business: 1 });
  });

  it("are kept while events of their day are pending", async () => {
    await send(db, [pageView({ event_id: "e-1" })]);
    expect(await forget(daysLater(60))).toMatchObject({ rawDaysDropped: 7 });
    expect(await partitionDays(db)).toEqual(days(0, 0));
    await transact(db, (tx) => validateBatch(tx, "shop", { max: 1 }, daysLater(60)));
    expect(await forget(daysLater(60))).toMatchObject({ rawDaysDropped: 0 });
    await processAll(db, daysLater(60));
    expect(await counts(db)).toMatchObject({ business: 1 });
    expect(await forget(daysLater(60))).toMatchObject({ rawDaysDropped: 1 });
  });

  it("are kept while there are dead letters of their day", async () => {
    await send(db, [pageView({ event_type: "" }), pageView({ event_type: "" }), pageView({ event_type: "" })]);
    await processAll(db);
    expect(await forget(daysLater(20))).toMatchObject({ deadLettersForgotten: 0 });
    const first = await forget(daysLater(60), 30, 2);
    expect(first).toMatchObject({ deadLettersForgotten: 2, eventIdsForgotten: 2 });
    expect(await partitionDays(db)).toContain("2026-02-02");
    const second = await forget(daysLater(60), 30, 2);
    expect(second).toEqual({ deadLettersForgotten: 1, eventIdsForgotten: 1, rawDaysDropped: 1 });
    expect(await counts(db)).toMatchObject({ raw: 0, dead: 0 });
  });

  it("can be dropped without an event counting again", async () => {
    await send(db, [pageView({ event_id: "e-1" })]);
    await processAll(db);
    await forget(daysLater(31));
    const { duplicates } = await send(db, [pageView({ event_id: "e-1" })], { now: daysLater(31) });
    await processAll(db, daysLater(31));
    expect(duplicates).toBe(0);
    const [sums] = await rows(
      db,
      sql`select sum(events)::int as events from business.rollups where dimension = 'hour'`,
    );
    expect([sums, (await counts(db)).business]).toEqual([{ events: 1 }, 1]);
  });

  it("are dropped together with the salts of past days", async () => {
    for (const day of days(-2, 0)) {
      await db.execute(sql`insert into site_salts (day, salt) values (${day}::date, '\\x00')`);
    }
    await forget(NOW);
    expect(await all(db, "site_salts")).toHaveLength(1);
  });
});
