import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect } from "vitest";
import * as z from "zod";
import { bookingCustomer } from "../../../../lib/booking/bookings/booking-access.ts";
import { cancelForCustomer } from "../../../../lib/booking/bookings/cancel.ts";
import { createBooking } from "../../../../lib/booking/bookings/create-booking.ts";
import { forgetCustomer } from "../../../../lib/booking/bookings/forget-customers.ts";
import { reschedule } from "../../../../lib/booking/bookings/reschedule.ts";
import { type Booking, bookings } from "../../../../lib/booking/bookings/schema.ts";
import { setStatus } from "../../../../lib/booking/bookings/set-status.ts";
import { deleteProviders, deleteServices } from "../../../../lib/booking/catalog/delete-catalog.ts";
import { type Db, transact } from "../../../../lib/db/db.ts";
import { Batch } from "../../../../lib/http/batch.ts";
import { addSlot, bookingRequest, codeOf, minus, plus, START } from "../../../support/booking/booking-calls.ts";
import { counts } from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { addBookings } from "../../../worlds/bookings.ts";
import { addSlots, HOUR_MS } from "../../../worlds/slots.ts";

/** The limits for changing a booking at their exact instants, and a millisecond before or after. */

const it = databaseTest(SETTINGS);

const DAY_MS = 24 * HOUR_MS;

describe("the start of a booking", () => {
  const booked = async (db: Db, over: Partial<Booking> = {}) => {
    const slotId = await addSlot(db, {}, { bookedCount: 1 });
    const [booking] = await addBookings(db, { slotId, startsAt: START, ...over });
    return { slotId, booking: booking! };
  };

  it("ends the time to cancel at its exact instant", async ({ db }) => {
    const { slotId, booking } = await booked(db);
    expect(await codeOf(cancelForCustomer(db, booking, START))).toBe("too-late");
    expect(await counts(db, slotId)).toEqual(["1/0"]);
    expect(await codeOf(cancelForCustomer(db, booking, minus(START, 1)))).toBe("ok");
    expect(await counts(db, slotId)).toEqual(["0/0"]);
  });

  it("ends the time to move it at its exact instant", async ({ db }) => {
    const { booking } = await booked(db);
    const [later] = await addSlots(db, { startsAt: plus(START, DAY_MS) });
    expect(await codeOf(reschedule(db, booking, later!, START))).toBe("too-late");
    expect(await codeOf(reschedule(db, booking, later!, minus(START, 1)))).toBe("ok");
  });

  it.for(["completed", "no_show"] as const)(
    "allows the operator to set %s from its exact instant on",
    async (status, { db }) => {
      const { booking } = await booked(db);
      expect(await codeOf(setStatus(db, booking, status, "", minus(START, 1)))).toBe("conflict");
      expect(await codeOf(setStatus(db, booking, status, "", START))).toBe("ok");
    },
  );

  it("keeps its service and provider from being deleted until its exact instant", async ({ db }) => {
    await booked(db);
    const deletion = async (kind: "providers" | "services", id: string, now: Date) => {
      const batch = new Batch([{ id }], z.strictObject({ id: z.string() }), (item) => item.id);
      const remove = kind === "providers" ? deleteProviders : deleteServices;
      await transact(db, (tx) => remove(tx, batch, now));
      return batch.results.map(({ status, error }) => error?.code ?? status);
    };
    expect(await deletion("services", "massage", minus(START, 1))).toEqual(["in-use"]);
    expect(await deletion("providers", "praxis", minus(START, 1))).toEqual(["in-use"]);
    expect(await deletion("services", "massage", START)).toEqual(["deleted"]);
    expect(await deletion("providers", "praxis", START)).toEqual(["deleted"]);
  });

  it("makes it a past booking for a customer who is forgotten: it is cleared but not cancelled", async ({ db }) => {
    const { slotId, booking } = await booked(db);
    const forget = (now: Date) => transact(db, (tx) => forgetCustomer(tx, ["ada@club.example"], now));
    expect(await forget(START)).toEqual({ bookingIds: [booking.id], cancelled: 0 });
    expect(await counts(db, slotId)).toEqual(["1/0"]);
    await db.update(bookings).set({ customerEmail: "ada@club.example" });
    expect(await forget(minus(START, 1))).toEqual({ bookingIds: [booking.id], cancelled: 1 });
    expect(await counts(db, slotId)).toEqual(["0/0"]);
  });
});

describe("the cancel token", () => {
  it("opens a booking until a millisecond before 30 days after its end", async ({ db }) => {
    const slotId = await addSlot(db);
    const now = minus(START, DAY_MS);
    const { booking, cancelToken } = await createBooking(db, bookingRequest(slotId), randomUUID(), now);
    const expiry = plus(booking.endsAt, 30 * DAY_MS);
    const headers = { authorization: `Bearer ${cancelToken}` };
    const access = (now: Date) =>
      codeOf(
        bookingCustomer.authenticate({
          segments: { id: booking.id },
          request: new Request("https://taktwerk.example/", { headers }),
          now,
        }),
      );
    expect([await access(minus(expiry, 1)), await access(expiry)]).toEqual(["ok", "token-expired"]);
  });
});
describe("a booking that changed after it was read", () => {
  it("is cancelled once: the second cancellation frees no place of another customer", async ({ db }) => {
    const slotId = await addSlot(db, {}, { capacity: 2, bookedCount: 2 });
    const [known] = await addBookings(db, { slotId, startsAt: START }, { slotId, startsAt: START });
    const now = minus(START, DAY_MS);
    await cancelForCustomer(db, known!, now);
    expect((await cancelForCustomer(db, known!, now)).status).toBe("cancelled");
    expect(await counts(db, slotId)).toEqual(["1/0"]);
    expect(await db.$count(bookings, eq(bookings.status, "confirmed"))).toBe(1);
  });
});
