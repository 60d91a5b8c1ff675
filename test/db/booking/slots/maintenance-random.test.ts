import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSlots } from "../../../../lib/booking/availability/generate-slots.ts";
import { workingHours } from "../../../../lib/booking/availability/working-hours.ts";
import {
  availabilityExceptions,
  bookingSlots,
  providerAvailability,
  providers,
  services,
  serviceTimeSlots,
} from "../../../../lib/booking/schema.ts";
import { loadServices } from "../../../../lib/booking/slots/load-services.ts";
import { configure } from "../../../../lib/config/config.ts";
import type { Connection } from "../../../../lib/db/connection.ts";
import type { Db } from "../../../../lib/db/db.ts";
import { DAY_MINUTES, dayOfWall } from "../../../../lib/time/wall-minutes.ts";
import { difference, maintain, plannedChanges, readSlots } from "../../../support/booking/maintenance-run.ts";
import { freshPostgres } from "../../../support/database/databases.ts";
import { dump } from "../../../support/http/requests.ts";
import { exceptionsAround, randomService, randomWeek, ZONES } from "../../../worlds/random-schedules.ts";

const PROVIDERS = 150;
const DAYS = 4;
const BEFORE = new Date("2026-03-26T11:00:00Z");
/** Just after the clocks of Europe went forward; in half of the zones it is still the previous day. */
const NOW = new Date("2026-03-29T11:30:00Z");

const AT = { all: { providerIds: undefined, serviceIds: undefined }, beginning: { providerId: "", serviceId: "" } };

/** Several hundred random services with slots and bookings, after all of their settings have changed. */
describe("maintenance of random services", () => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await freshPostgres();
    db = connection.db;
    configure({ BATCH_SIZE: "500" });
    await setUp(1);
    await maintain(db, { daysAhead: DAYS }, BEFORE);
    await bookSome();
    await db.execute(sql`delete from booking_slots where id % 11 = 0 and booked_count = 0`);
    await setUp(2);
  });
  afterAll(() => connection.close());

  const setUp = async (seed: number) => {
    const provider = fc.record({
      timezone: fc.constantFrom(...ZONES),
      active: fc.nat(9).map((n) => n > 0),
      week: randomWeek,
      exceptions: exceptionsAround("2026-03-30"),
      services: fc.array(randomService, { minLength: 2, maxLength: 2 }),
    });
    const all = fc
      .sample(provider, { numRuns: PROVIDERS, seed })
      .map((provider, n) => ({ ...provider, id: `provider-${n}` }));
    await db.delete(providerAvailability);
    await db.delete(availabilityExceptions);
    await db.delete(serviceTimeSlots);
    const upsert = { target: providers.id, set: { timezone: sql`excluded.timezone`, active: sql`excluded.active` } };
    await db
      .insert(providers)
      .values(all.map(({ id, timezone, active }) => ({ id, name: id, timezone, active })))
      .onConflictDoUpdate(upsert);
    const hours = ({ start, end }: { start: number; end: number }) => ({ startMinute: start, endMinute: end });
    await db.insert(providerAvailability).values(
      all.flatMap(({ id, week }) =>
        week.map(({ weekday, breakHours, ...window }) => ({
          providerId: id,
          weekday,
          ...hours(window),
          breakStartMinute: breakHours?.start ?? null,
          breakEndMinute: breakHours?.end ?? null,
        })),
      ),
    );
    await db.insert(availabilityExceptions).values(
      all.flatMap(({ id, exceptions }) =>
        exceptions.map((exception) => ({
          providerId: id,
          date: exception.date,
          kind: exception.kind,
          ...(exception.kind !== "closed" && hours(exception)),
        })),
      ),
    );
    const offers = all.flatMap(({ id, services: offered }) =>
      offered.map((service, n) => ({ ...service, id: `${id}-${n}`, providerId: id })),
    );
    await db
      .insert(services)
      .values(
        offers.map(({ timeSlots: _, priceCents, durationMinutes, ...service }) => ({
          ...service,
          name: service.id,
          durationMinutes: Math.max(durationMinutes, 60),
          price: priceCents / 100,
        })),
      )
      .onConflictDoUpdate({
        target: services.id,
        set: {
          durationMinutes: sql`excluded.duration_minutes`,
          bufferBefore: sql`excluded.buffer_before`,
          bufferAfter: sql`excluded.buffer_after`,
          price: sql`excluded.price`,
        },
      });
    await db.insert(serviceTimeSlots).values(
      offers.flatMap(({ id, timeSlots }) =>
        timeSlots.map(({ weekday, capacity, multiplier, ...window }) => ({
          serviceId: id,
          weekday,
          ...hours(window),
          capacity,
          priceMultiplier: multiplier,
        })),
      ),
    );
  };

  /** Books one slot of each provider, because two might overlap. */
  const bookSome = () =>
    db.execute(sql`update booking_slots set booked_count = 1 where id in (
      select distinct on (provider_id) id from booking_slots order by provider_id, md5(id::text))`);

  it("plans exactly the changes that it makes, and then has nothing to do", async () => {
    const before = await readSlots(db);
    const params = { daysAhead: DAYS, verbose: true };
    const dry = await maintain(db, { ...params, dryRun: true }, NOW);
    expect(await readSlots(db)).toEqual(before);
    const response = await maintain(db, params, NOW);
    const after = await readSlots(db);

    const real = difference(before, after, NOW);
    const actions = new Set(real.map((line) => line.split(" ")[0]));
    expect(actions).toEqual(new Set(["add", "change", "remove", "expire"]));
    expect(real.length).toBeGreaterThan(1_000);
    expect(dry).toMatchObject({ planned: true, slotsTruncated: false });
    expect(plannedChanges(dry)).toEqual(real);
    const { planned: _, scheduledFor: __, ...plan } = dry as typeof dry & { planned: true; scheduledFor: string };
    expect(response).toMatchObject({ ...plan, slots: plan.slots?.map(({ id: ___, ...slot }) => slot) });
    expect(dry.conflicts).toBeGreaterThan(10);
    expect(after.filter(({ bookedCount }) => bookedCount > 0)).toEqual(
      before.filter(({ bookedCount }) => bookedCount > 0),
    );

    const tables = await dump(db, "booking_slots", "slot_days");
    expect(await maintain(db, params, NOW)).toMatchObject({
      slots: dry.slots?.filter(({ action }) => action === "conflict"),
    });
    expect(await dump(db, "booking_slots", "slot_days")).toEqual(tables);
  });

  it("leaves each service with its generated and its booked slots", async () => {
    const loaded = await loadServices(db, AT.all, AT.beginning, 1_000, NOW);
    expect(loaded).toHaveLength(PROVIDERS * 2);
    for (const service of loaded) {
      const { clock } = service.schedule;
      const first = dayOfWall(clock.wallAt(NOW.getTime()));
      const working = workingHours(service.schedule, first, first + DAYS * DAY_MINUTES);
      const generated = service.active
        ? generateSlots(service, working).filter(({ startsAt }) => startsAt > NOW.getTime())
        : [];
      const stored = await db.select().from(bookingSlots).where(eq(bookingSlots.serviceId, service.id));
      const booked = stored.filter(({ bookedCount }) => bookedCount > 0).map(({ startsAt }) => startsAt.getTime());
      const free = stored.filter(({ bookedCount, startsAt }) => bookedCount === 0 && startsAt > NOW);
      expect(free.map(({ startsAt }) => startsAt.getTime()).sort()).toEqual(
        generated.map(({ startsAt }) => startsAt).filter((startsAt) => !booked.includes(startsAt)),
      );
    }
  });
});
