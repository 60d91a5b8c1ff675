import { describe, expect } from "vitest";
import { BOOKING_STATUSES, type BookingStatus, bookings } from "../../../../lib/booking/bookings/schema.ts";
import { services } from "../../../../lib/booking/schema.ts";
import type { Db } from "../../../../lib/db/db.ts";
import {
  type BookingReply,
  booked,
  counts,
  inHours,
  inspect,
  list,
  mailedEvents,
  outcome,
  passHours,
  patch,
  show,
} from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { dump, SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

const it = databaseTest(SETTINGS);

/** The database of the test, with a provider and a service. */
let db: Db;
it.beforeEach(async ({ db: fresh }) => {
  db = fresh;
  await addProvider(db);
  await addService(db);
});

describe("the operator", () => {
  const slot = async (hours = 30, other = {}) => (await addSlots(db, { startsAt: inHours(hours), ...other }))[0]!;
  /** Books and sets the status. @param started Whether the booking started an hour ago. */
  async function bookingWithStatus(status: BookingStatus, started = false) {
    const made = await booked(await slot());
    await db.update(bookings).set({ status });
    if (started) await passHours(db, made.id, 31);
    return made;
  }

  it("sees the fields that customers do not see, but no secrets", async () => {
    const { token, ...made } = await booked(await slot());
    const { status, body } = await inspect(made.id);
    expect([status, body.booking]).toEqual([
      200,
      { ...made, providerTimezone: "UTC", updatedAt: made.createdAt, cancelReason: null },
    ]);
    expect(outcome(await inspect(crypto.randomUUID()))).toBe("404 not-found");
  });

  it("is the only one with access", async () => {
    const made = await booked(await slot());
    for (const token of [null, made.token, "another"]) {
      const answers = [
        await inspect(made.id, { token }),
        await patch(made.id, { status: "cancelled" }, { token }),
        await list("", { token }),
      ];
      expect(answers.map(outcome)).toEqual(Array(3).fill("401 unauthorized"));
    }
    expect((await show(made)).body.booking.status).toBe("confirmed");
  });

  it("confirms a pending booking, and the customer gets a mail", async () => {
    await db.update(services).set({ confirmationRequired: true });
    const id = await slot();
    const made = await booked(id);
    const { status, body } = await patch(made.id, { status: "confirmed" });
    expect([status, body.booking]).toMatchObject([200, { status: "confirmed", sequence: 1 }]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "confirmed:1"]);
    expect(await counts(db, id)).toEqual(["1/0"]);
  });

  it.each([
    [{ status: "cancelled", reason: "the pool is closed" }, "the pool is closed"],
    [{ status: "cancelled" }, "provider"],
  ])("cancels with %j: the place is free again, and the customer gets a mail", async (change, cancelReason) => {
    const id = await slot();
    const made = await booked(id);
    const { body } = await patch(made.id, change);
    expect(body.booking).toMatchObject({ status: "cancelled", sequence: 1, cancelReason });
    expect(body.booking.cancelledAt).toMatch(/Z$/);
    expect(await counts(db, id)).toEqual(["0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
  });

  it("records from the start on whether the customer came, without a mail", async () => {
    const made = await booked(await slot());
    expect(outcome(await patch(made.id, { status: "completed" }))).toBe("409 conflict");
    await passHours(db, made.id, 30);
    for (const status of ["no_show", "completed", "no_show"]) {
      expect((await patch(made.id, { status })).body.booking).toMatchObject({ status, sequence: 0 });
    }
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0"]);
  });

  const allowed = ["pending confirmed", "pending cancelled", "confirmed completed", "confirmed no_show"].concat([
    "confirmed cancelled",
    "completed no_show",
    "no_show completed",
  ]);
  const transitions = BOOKING_STATUSES.flatMap((from) =>
    BOOKING_STATUSES.slice(1).map((to) => ({ from, to, transition: `${from} ${to}` })),
  );

  it.each(transitions.filter(({ from, to, transition }) => from !== to && !allowed.includes(transition)))(
    "cannot set $to on a $from booking",
    async ({ from, to }) => {
      const made = await bookingWithStatus(from, true);
      const before = await dump(db);
      const { status, body } = await patch(made.id, { status: to });
      expect([status, body.error]).toMatchObject([409, { code: "conflict" }]);
      expect(body.error.message).toBe(`A booking that is ${from} cannot become ${to}.`);
      expect(await dump(db)).toEqual(before);
    },
  );

  it.each(BOOKING_STATUSES.slice(1))("changes nothing by setting %s again", async (status) => {
    const made = await bookingWithStatus(status, true);
    const before = await dump(db);
    expect(outcome(await patch(made.id, { status }))).toBe("200");
    expect(await dump(db)).toEqual(before);
  });

  it("gets 404 for an unknown booking", async () => {
    expect(outcome(await patch(crypto.randomUUID(), { status: "cancelled" }))).toBe("404 not-found");
  });

  it("lists bookings by filter, the latest start first", async () => {
    await addService(db, { id: "yoga" });
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
    const ids: string[] = [];
    for (const [hours, other] of [
      [30, {}],
      [40, { serviceId: "yoga" }],
      [50, { serviceId: "dance", providerId: "studio" }],
      [60, {}],
    ] as const) {
      ids.push((await booked(await slot(hours, other))).id);
    }
    await patch(ids[3]!, { status: "cancelled" });
    const listed = async (query: string) => (await list(query)).body.items.map(({ id }) => ids.indexOf(id));
    expect(await listed("")).toEqual([3, 2, 1, 0]);
    expect(await listed("?providerId=praxis")).toEqual([3, 1, 0]);
    expect(await listed("?providerId=praxis&serviceId=yoga")).toEqual([1]);
    expect(await listed("?status=cancelled")).toEqual([3]);
    expect(await listed("?status=confirmed&serviceId=massage")).toEqual([0]);
    expect(await listed(`?from=${inHours(40).toISOString()}&to=${inHours(60).toISOString()}`)).toEqual([2, 1]);
    expect(await listed("?providerId=nobody")).toEqual([]);
  });

  it("lists bookings from one local date to another, both included, or between instants", async () => {
    const starts = ["2098-03-01T22:59Z", "2098-03-01T23:00Z", "2098-03-02T22:59Z", "2098-03-02T23:00Z"];
    for (const start of starts) {
      const startsAt = new Date(start);
      await booked(await slot(0, { startsAt, endsAt: new Date(startsAt.getTime() + 60_000) }));
    }
    const listed = async (query: string) =>
      (await list(`?${query}`)).body.items.map(({ startsAt }) => String(startsAt).slice(5, 16)).toReversed();
    const day = ["03-01T23:00", "03-02T22:59"];
    expect(await listed("from=2098-03-02&to=2098-03-02&timezone=Europe/Berlin")).toEqual(day);
    expect(await listed("from=2098-03-01T23:00:00Z&to=2098-03-02T23:00:00Z")).toEqual(day);
    expect(await listed("from=2098-03-02T00:00:00%2B01:00&to=2098-03-02&timezone=Europe/Berlin")).toEqual(day);
    expect(await listed("from=2098-03-02")).toEqual(["03-02T22:59", "03-02T23:00"]); // in the platform's zone, UTC
    expect(await listed("from=2098-03-01&to=2999-12-31T23:59:59Z")).toHaveLength(4);
  });

  it("cannot list up to a date after which no day can be told", async () => {
    expect(outcome(await list("?to=9999-12-31"))).toBe("400 invalid-parameter to");
  });

  it("gets every booking exactly once in pages, even if several start at the same time", async () => {
    const id = await slot(30, { capacity: 5 });
    for (const slotId of [id, id, await slot(40), id, id, id]) await booked(slotId);
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: BookingReply = (await list(`?limit=2${cursor && `&cursor=${cursor}`}`)).body;
      sizes.push(page.items.length);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(sizes).toEqual([2, 2, 2]);
    expect(seen).toEqual((await list("")).body.items.map(({ id }) => id));
  });
});
