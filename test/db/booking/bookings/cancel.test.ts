import { eq } from "drizzle-orm";
import { describe, expect } from "vitest";
import { bookings } from "../../../../lib/booking/bookings/schema.ts";
import type { Db } from "../../../../lib/db/db.ts";
import {
  book,
  booked,
  cancel,
  counts,
  inHours,
  mailedEvents,
  outcome,
  passHours,
  patch,
  reschedule,
  show,
} from "../../../support/booking/booking-requests.ts";
import { databaseTest } from "../../../support/database/database-test.ts";
import { SETTINGS } from "../../../support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../../worlds/slots.ts";

const DAY = 24;

const it = databaseTest(SETTINGS);

describe("the cancel token of a booking", () => {
  let db: Db;
  let slotId: number;
  let other: number;
  it.beforeEach(async ({ db: fresh }) => {
    db = fresh;
    await addProvider(db);
    await addService(db);
    [slotId, other] = (await addSlots(db, { startsAt: inHours(30) }, { startsAt: inHours(40) })) as [number, number];
  });

  const allRequests = (known: { id: string; token: string | null }) => [
    show(known),
    cancel(known),
    reschedule(known, other),
  ];
  const outcomes = async (answers: Promise<Awaited<ReturnType<typeof show>>>[]) =>
    (await Promise.all(answers)).map(outcome);

  it("shows the booking, without its secrets", async () => {
    const { token, ...made } = await booked(slotId);
    const answer = await show({ id: made.id, token });
    expect(answer).toMatchObject({ status: 200, body: { booking: { status: "confirmed" } } });
    expect(answer.body.booking).toEqual(made);
  });

  it("cancels the booking: its place is free again, and the customer gets a mail", async () => {
    const made = await booked(slotId);
    const { status, body } = await cancel(made);
    expect(status).toBe(200);
    expect(body.booking).toMatchObject({ id: made.id, status: "cancelled", sequence: 1, startsAt: made.startsAt });
    expect(body.booking.cancelledAt).toMatch(/Z$/);
    expect(await counts(db, slotId)).toEqual(["0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
    expect(outcome(await book(slotId))).toBe("201");
  });

  it("cancels the booking once: a repeated request gets the same response and sends no mail", async () => {
    const made = await booked(slotId);
    const answers = [await cancel(made), await cancel(made)];
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await counts(db, slotId)).toEqual(["0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
    await passHours(db, made.id, 2 * DAY);
    expect(outcome(await cancel(made))).toBe("200");
  });

  it("is required, and no other token is accepted", async () => {
    const [made, another] = [await booked(slotId), await booked(other)];
    expect(await outcomes(allRequests({ ...made, token: null }))).toEqual(Array(3).fill("401 unauthorized"));
    expect((await show({ ...made, token: null })).headers.get("www-authenticate")).toBe("Bearer");
    for (const token of [another.token, made.token.slice(0, -1), `${made.token}x`, "x", SETTINGS.ADMIN_TOKEN!]) {
      expect(await outcomes(allRequests({ ...made, token }))).toEqual(Array(3).fill("403 forbidden"));
    }
    expect((await db.select().from(bookings)).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
  });

  it("gets the same response if it is wrong as an unknown booking does", async () => {
    const made = await booked(slotId);
    const responseFor = async (id: string) => {
      const { status, body } = await show({ id, token: "a-wrong-token" });
      const { requestId: _, ...error } = body.error;
      return { status, error };
    };
    expect(await responseFor(crypto.randomUUID())).toEqual(await responseFor(made.id));
  });

  it("is refused when a page of another origin changes the booking", async () => {
    const made = await booked(slotId);
    const headers = { origin: "https://evil.example" };
    expect(outcome(await cancel(made, { headers }))).toBe("403 forbidden");
    expect(outcome(await reschedule(made, other, { headers }))).toBe("403 forbidden");
    expect((await show(made)).body.booking.status).toBe("confirmed");
  });

  it("cannot change the booking from its start on, and shows it for 30 days", async () => {
    const made = await booked(slotId);
    await passHours(db, made.id, 31);
    expect(await outcomes(allRequests(made))).toEqual(["200", "409 too-late", "409 too-late"]);
    await passHours(db, made.id, 29 * DAY);
    expect(outcome(await show(made))).toBe("200");
    await passHours(db, made.id, DAY + 2);
    expect(await outcomes(allRequests(made))).toEqual(Array(3).fill("403 token-expired"));
    expect(outcome(await show({ ...made, token: "a-wrong-token" }))).toBe("403 forbidden");
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });

  it.each(["completed", "no_show"])("cannot change a booking that is %s", async (status) => {
    const made = await booked(slotId);
    await passHours(db, made.id, 30.5);
    expect(outcome(await patch(made.id, { status }))).toBe("200");
    expect(await outcomes(allRequests(made))).toEqual(["200", "409 conflict", "409 conflict"]);
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });

  it("does not show the reason of a cancellation, which only operators see", async () => {
    const made = await booked(slotId);
    await cancel(made);
    expect((await show(made)).body.booking).not.toHaveProperty("cancelReason");
    const [stored] = await db.select().from(bookings).where(eq(bookings.id, made.id));
    expect(stored?.cancelReason).toBe("customer");
  });
});
