import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect } from "vitest";
import type { GeneratedSlot } from "../../../../lib/booking/availability/generate-slots.ts";
import { FINGERPRINT_SQL, fingerprint } from "../../../../lib/booking/slots/fingerprint.ts";
import { rows } from "../../../../lib/db/db.ts";
import { DAY_MINUTES, dateOfWall } from "../../../../lib/time/wall-minutes.ts";
import { databaseTest } from "../../../support/database/database-test.ts";

const POSTGRES_EPOCH = Date.UTC(2000, 0, 1);
/** Any instant, including some before 2000, and many at which the lower half of the microseconds overflows. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }),
  fc
    .tuple(fc.integer({ min: -70_000, max: 700_000 }), fc.constantFrom(-1, 0, 1))
    .map(([halves, ms]) => POSTGRES_EPOCH + Math.round((halves * 2 ** 32) / 1000) + ms),
);

const slot: fc.Arbitrary<GeneratedSlot> = fc.record({
  startsAt: instant,
  endsAt: instant,
  busyFrom: instant,
  busyUntil: instant,
  day: fc.integer({ min: -10_000, max: 50_000 }).map((days) => days * DAY_MINUTES),
  capacity: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  category: fc.constant("normal" as const),
  rushFeePercent: fc.constantFrom(0, 50, 75, 100),
  basePriceCents: fc.constant(0),
  priceCents: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 9_999_999_999 })),
});

/** Slots in order of their start, with different starts. */
const slots = fc
  .uniqueArray(slot, { selector: ({ startsAt }) => startsAt, minLength: 1, maxLength: 20 })
  .map((list) => list.toSorted((a, b) => a.startsAt - b.startsAt));

const it = databaseTest();

describe("the fingerprint of slots", () => {
  it("equals what Postgres computes over the stored slots", async ({ db }) => {
    const lists = fc.sample(slots, 300);
    const iso = (ms: number) => new Date(ms).toISOString();
    const stored = lists.flatMap((list, id) =>
      list.map((slot) => ({
        id,
        local_date: dateOfWall(slot.day),
        starts_at: iso(slot.startsAt),
        ends_at: iso(slot.endsAt),
        busy_from: iso(slot.busyFrom),
        busy_until: iso(slot.busyUntil),
        capacity: slot.capacity,
        rush_fee_percent: slot.rushFeePercent,
        price: slot.priceCents / 100,
      })),
    );
    const computed = await rows<{ md5: string }>(
      db,
      sql`select ${FINGERPRINT_SQL} as md5
        from jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) as slot (id int, local_date date, starts_at timestamptz,
          ends_at timestamptz, busy_from timestamptz, busy_until timestamptz, capacity int, rush_fee_percent smallint,
          price numeric(10, 2))
        group by id order by id`,
    );
    expect(computed.map(({ md5 }) => md5)).toEqual(lists.map(fingerprint));
  });

  it("of no slots is the MD5 of nothing", async ({ db }) => {
    const [nothing] = await rows<{ md5: string }>(db, sql`select md5(''::bytea) as md5`);
    expect(fingerprint([])).toBe(nothing?.md5);
  });

  it("differs if a slot is missing, moved or has other terms", () => {
    const terms = ["startsAt", "endsAt", "busyFrom", "busyUntil", "capacity", "priceCents"] as const;
    fc.assert(
      fc.property(
        slots,
        fc.nat(),
        fc.constantFrom(...terms),
        fc.integer({ min: 1, max: 2 ** 20 }),
        (list, n, term, more) => {
          const at = n % list.length;
          const changed = list.map((slot, index) => (index === at ? { ...slot, [term]: slot[term] + more } : slot));
          expect(fingerprint(changed)).not.toBe(fingerprint(list));
          expect(fingerprint(list.toSpliced(at, 1))).not.toBe(fingerprint(list));
          expect(fingerprint(list.map((slot) => ({ ...slot })))).toBe(fingerprint(list));
        },
      ),
    );
  });
});
