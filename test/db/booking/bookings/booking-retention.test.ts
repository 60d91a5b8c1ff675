import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelUnconfirmed } from "../../../../lib/booking/bookings/cancel-unconfirmed.ts";
import { forgetPastCustomers } from "../../../../lib/booking/bookings/forget-customers.ts";
import { BOOKING_STATUSES, type Booking, bookings } from "../../../../lib/booking/bookings/schema.ts";
import { setStatus } from "../../../../lib/booking/bookings/set-status.ts";
import { bookingSlots } from "../../../../lib/booking/schema.ts";
import { configure } from "../../../../lib/config/config.ts";
import type { Connection } from "../../../../lib/db/connection.ts";
import { type Db, transact } from "../../../../lib/db/db.ts";
import { emailQueue } from "../../../../lib/mail/schema.ts";
import { DATABASES, empty, freshPostgres } from "../../../support/database/databases.ts";
import { addBookings } from "../../../worlds/bookings.ts";
import { addProvider, addService, addSlots, HOUR_MS } from "../../../worlds/slots.ts";

/** Cleanup of old bookings: cancelling unconfirmed ones and forgetting customers. */

const NOW = new Date("2026-06-01T12:02:00Z");
const DAY = 24;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

/** A booking that ended this many hours ago. */
const ended = (hours: number, over: Partial<Booking> = {}) => ({ startsAt: ago(hours + 1), ...over });

describe.each(DATABASES)("old bookings on $name", ({ open }) => {
  let connection: Connection;
  let db: Db;
  beforeAll(async () => {
    connection = await open();
    db = connection.db;
    configure({});
  });
  afterAll(() => connection.close());
  beforeEach(() => empty(db));

  const stored = () => db.select().from(bookings).orderBy(asc(bookings.startsAt), asc(bookings.id));
  const cancel = (batch = 100) => transact(db, (tx) => cancelUnconfirmed(tx, NOW, batch));

  it("are cancelled a day after their end if they are unconfirmed, and no others are", async () => {
    const unaffected = [
      ended(DAY, { status: "pending" }), // to the second
      ended(-DAY, { status: "pending" }),
      ...BOOKING_STATUSES.slice(1).map((status) => ended(100 * DAY, { status })),
    ];
    await addBookings(db, ...unaffected);
    const before = await stored();
    const [overdue] = await addBookings(db, ended(DAY + 0.001, { status: "pending", sequence: 1 }));
    expect(await cancel()).toBe(1);
    const after = await stored();
    expect(after.filter(({ id }) => id !== overdue?.id)).toEqual(before);
    expect(after.find(({ id }) => id === overdue?.id)).toEqual({
      ...overdue,
      status: "cancelled",
      cancelReason: "never-confirmed",
      cancelledAt: NOW,
      updatedAt: NOW,
      sequence: 2,
    });
    expect(await cancel()).toBe(0);
    expect(await db.$count(emailQueue)).toBe(0);
  });

  it("return their places when they are cancelled, if their slots still exist", async () => {
    await addProvider(db);
    await addProvider(db, { id: "other" });
    await addService(db);
    const [shared = 0, single = 0] = await addSlots(
      db,
      { startsAt: ago(50), capacity: 4, bookedCount: 3 },
      { startsAt: ago(60), providerId: "other", bookedCount: 1 },
    );
    const pending = { status: "pending" } as const;
    await addBookings(
      db,
      ended(49, { ...pending, slotId: shared }),
      ended(49, { ...pending, slotId: shared }),
      ended(49, { slotId: shared }),
      ended(59, { ...pending, slotId: single, providerId: "other" }),
      ended(69, { ...pending, slotId: null }),
    );
    expect(await cancel()).toBe(4);
    const slots = await db.select().from(bookingSlots).orderBy(asc(bookingSlots.id));
    expect(slots.map(({ bookedCount }) => bookedCount)).toEqual([1, 0]);
  });

  it("are cancelled in batches, the earliest end first", async () => {
    await addBookings(db, ...[30, 50, 40].map((hours) => ended(hours, { status: "pending" })));
    expect(await cancel(2)).toBe(2);
    expect((await stored()).map(({ status }) => status)).toEqual(["cancelled", "cancelled", "pending"]);
    expect(await cancel(2)).toBe(1);
  });

  it("lose their customer and token after the retention period", async () => {
    await addBookings(
      db,
      ended(365 * DAY + 1, { cancelReason: "Ada is ill", status: "cancelled" }),
      ended(365 * DAY, { customerEmail: "bob@club.example" }),
    );
    const [before, younger] = await stored();
    expect(await forgetPastCustomers(db, NOW, 365, 100)).toBe(1);
    expect(await stored()).toEqual([
      {
        ...before,
        ...{
          customerName: "",
          customerEmail: "",
          requestHash: "",
          tokenSalt: "",
          cancelTokenHash: "",
          cancelReason: null,
        },
      },
      younger,
    ]);
    expect(await forgetPastCustomers(db, NOW, 365, 100)).toBe(0);
    expect(await forgetPastCustomers(db, NOW, 31, 100)).toBe(1);
  });

  it("are cleared in batches", async () => {
    await addBookings(db, ...[1, 2, 3].map((days) => ended((400 + days) * DAY)));
    expect(await forgetPastCustomers(db, NOW, 365, 2)).toBe(2);
    expect((await stored()).map(({ customerEmail }) => customerEmail)).toEqual(["", "", "ada@club.example"]);
    expect(await forgetPastCustomers(db, NOW, 365, 2)).toBe(1);
  });
});

describe("a booking that is confirmed or cancelled while the cleanup runs", () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await freshPostgres({ max: 12 });
    configure({});
  });
  afterAll(() => connection.close());

  it("keeps its place or returns it once", async () => {
    const { db } = connection;
    await addProvider(db);
    await addProvider(db, { id: "other" });
    await addService(db);
    for (let round = 0; round < 15; round += 1) {
      await db.delete(bookings);
      await db.delete(bookingSlots);
      const owner = (n: number) => (n % 2 ? "other" : "praxis");
      const slots = await addSlots(
        db,
        ...[0, 1, 2, 3, 4, 5].map((n) => {
          return { startsAt: ago(50 + 2 * n), providerId: owner(n), capacity: 2, bookedCount: 2 };
        }),
      );
      const made = await addBookings(
        db,
        ...[...slots, ...slots].map((slotId, n) => ended(49, { slotId, providerId: owner(n), status: "pending" })),
      );
      const operator = made
        .slice(0, 8)
        .map((known, n) => setStatus(db, known, n % 2 ? "cancelled" : "confirmed", "provider", NOW).catch(() => {}));
      const cleanups = [3, 5, 20].map((batch) => transact(db, (tx) => cancelUnconfirmed(tx, NOW, batch)));
      const [cancelled] = await Promise.all([Promise.all(cleanups), ...operator]);
      expect(cancelled.every((count) => count <= 12)).toBe(true);
      await transact(db, (tx) => cancelUnconfirmed(tx, NOW, 100));
      expect(await db.$count(bookings, eq(bookings.status, "pending"))).toBe(0);
      for (const slot of await db.select().from(bookingSlots)) {
        const kept = await db.select().from(bookings).where(eq(bookings.slotId, slot.id));
        expect(slot.bookedCount).toBe(kept.filter(({ status }) => status === "confirmed").length);
      }
    }
  });
});
