import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import { bookingSlots, providers, services } from "../../../../lib/booking/schema.ts";
import { configure } from "../../../../lib/config/config.ts";
import { closeDatabase, useConnection } from "../../../../lib/db/client.ts";
import { type Db, rows } from "../../../../lib/db/db.ts";
import { book, emptyBookings, inHours } from "../../../support/booking/booking-requests.ts";
import { setUp, tearDown } from "../../../support/booking/catalog-requests.ts";
import { freshPostgres } from "../../../support/database/databases.ts";
import { meet } from "../../../support/database/lock-waits.ts";
import { fates, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

/** Catalog changes at the same time as others, and as changes of slots and bookings. */

let db: Db;
beforeAll(async () => {
  configure(SETTINGS);
  const connection = await freshPostgres({ max: 12 });
  useConnection(connection);
  db = connection.db;
});
afterAll(closeDatabase);
beforeEach(() => emptyBookings(db));

describe("batches at once", () => {
  it("in opposite orders all succeed without a retry", async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `p${index}`);
    const round = (name: string) => ({
      providers: ids.map((id) => ({ id, name, timezone: "UTC" })),
      services: ids.map((id) => ({ id: `${id}-s`, providerId: id, name, durationMinutes: 60, price: 1 })),
      availability: ids.map((providerId) => ({ providerId, weekday: 0, start: "09:00", end: `1${name}:00` })),
    });
    await setUp("providers", round("0").providers);
    const attempts = vi.spyOn(db, "transaction");
    const answers = await Promise.all(
      ["1", "2", "3", "4"].flatMap((name) => {
        const { providers, services, availability } = round(name);
        return [
          setUp("providers", name < "3" ? providers : providers.toReversed()),
          setUp("services", name < "3" ? services : services.toReversed()),
          setUp("availability", name < "3" ? availability : availability.toReversed()),
          tearDown(
            "availability",
            availability.toReversed().map(({ end, ...key }) => key),
          ),
        ];
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(attempts).toHaveBeenCalledTimes(answers.length);
    attempts.mockRestore();
  });

  it("with the same item create it once", async () => {
    await addProvider(db);
    await addProvider(db, { id: "studio" });
    const massage = { id: "massage", name: "Massage", durationMinutes: 60, price: 40 };
    const answers = await Promise.all(
      ["praxis", "studio", "praxis", "studio"].map((providerId) => setUp("services", [{ ...massage, providerId }])),
    );
    expect(answers.flatMap(fates).toSorted()).toEqual([
      "created",
      "invalid-item providerId",
      "invalid-item providerId",
      "unchanged",
    ]);
  });
});

describe("a deletion", () => {
  it.each([
    ["services", "massage"],
    ["providers", "praxis"],
  ] as const)("of %s also deletes slots that are written at the same time", async (kind, id) => {
    await addProvider(db);
    await addService(db);
    const { waitedFor, result } = await meet(
      db,
      async (tx) => {
        await rows(tx, sql`select id from services where id = 'massage' for key share`);
        await addSlots(tx, { startsAt: inHours(30) });
      },
      () => tearDown(kind, [{ id }]),
    );
    expect(waitedFor).toBeDefined();
    expect(fates(result)).toEqual(["deleted"]);
    expect([await db.$count(services), await db.$count(bookingSlots)]).toEqual([0, 0]);
  });

  it("of a provider also deletes a service that is added at the same time, with its slots", async () => {
    await addProvider(db);
    const { waitedFor, result } = await meet(
      db,
      async (tx) => {
        await addService(tx);
        await addSlots(tx, { startsAt: inHours(30) });
      },
      () => tearDown("providers", [{ id: "praxis" }]),
    );
    expect(waitedFor).toBeDefined();
    expect(fates(result)).toEqual(["deleted"]);
    expect([await db.$count(services), await db.$count(bookingSlots)]).toEqual([0, 0]);
  });

  it("and a booking at the same time: one of them is refused", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 30; round++) {
      await emptyBookings(db);
      await addProvider(db);
      await addService(db);
      const [slot = 0] = await addSlots(db, { startsAt: inHours(30) });
      const booking = sleep(round % 5).then(() => book(slot));
      const [{ status }, deleted] = await Promise.all([booking, tearDown("services", [{ id: "massage" }])]);
      const remaining = await db.select({ slotId: bookings.slotId }).from(bookings);
      seen.add(`${status} ${fates(deleted)} ${remaining.map(({ slotId }) => slotId === slot)}`);
      expect(await db.$count(providers)).toBe(1);
    }
    expect(["201 in-use id true", "404 deleted "]).toEqual(expect.arrayContaining([...seen]));
  });
});
