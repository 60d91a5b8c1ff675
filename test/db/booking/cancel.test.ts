import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { bookings } from "../../../lib/booking/bookings/schema.ts";
import type { Db } from "../../../lib/db/db.ts";
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
} from "../../support/booking/booking-requests.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { openPractice } from "../../worlds/demo-practice.ts";
import { addSlots } from "../../worlds/slots.ts";

const DAY = 24;

describe("the cancel token of a booking", () => {
  let db: Db;
  let slotId: number;
  let other: number;
  openPractice((fresh) => {
    db = fresh;
  });
  beforeEach(async () => {
    [slotId, other] = (await addSlots(db, { startsAt: inHours(30) }, { startsAt: inHours(40) })) as [number, number];
  });

  const everyWay = (known: { id: string; token: string | null }) => [
    show(known),
    cancel(known),
    reschedule(known, other),
  ];
  const outcomes = async (answers: Promise<Awaited<ReturnType<typeof show>>>[]) =>
    (await Promise.all(answers)).map(outcome);

  it("shows the booking, without its secrets", async () => {
    const { token, ...made } = await booked(slotId);
    const answer = await show({ id: made.id, token });
    expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
    expect(answer.body.booking).toEqual(made);
  });

  it("cancels it: the place is free again, and the customer has a mail", async () => {
    const made = await booked(slotId);
    const { status, body } = await cancel(made);
    expect(status).toBe(200);
    expect(body.booking).toMatchObject({ id: made.id, status: "cancelled", sequence: 1, startsAt: made.startsAt });
    expect(body.booking.cancelledAt).toMatch(/Z$/);
    expect(await counts(db, slotId)).toEqual(["0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
    expect(outcome(await book(slotId))).toBe("201");
  });

  it("cancels it once: the second time has the same answer and no mail", async () => {
    const made = await booked(slotId);
    const answers = [await cancel(made), await cancel(made)];
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await counts(db, slotId)).toEqual(["0/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
    await passHours(db, made.id, 2 * DAY);
    expect(outcome(await cancel(made))).toBe("200");
  });

  it("is needed, and no other will do", async () => {
    const [made, another] = [await booked(slotId), await booked(other)];
    expect(await outcomes(everyWay({ ...made, token: null }))).toEqual(Array(3).fill("401 unauthorized"));
    expect((await show({ ...made, token: null })).headers.get("www-authenticate")).toBe("Bearer");
    for (const token of [another.token, made.token.slice(0, -1), `${made.token}x`, "x", SETTINGS.ADMIN_TOKEN!]) {
      expect(await outcomes(everyWay({ ...made, token }))).toEqual(Array(3).fill("403 forbidden"));
    }
    expect((await db.select().from(bookings)).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
  });

  it("that is wrong and a booking that is not there cannot be told apart", async () => {
    const made = await booked(slotId);
    const said = async (id: string) => {
      const { status, body } = await show({ id, token: "a-wrong-token" });
      const { requestId: _, ...error } = body.error;
      return { status, error };
    };
    expect(await said(crypto.randomUUID())).toEqual(await said(made.id));
  });

  it("is not refused by a page of a stranger's reading, but by its writing", async () => {
    const made = await booked(slotId);
    const headers = { origin: "https://evil.example" };
    expect(outcome(await cancel(made, { headers }))).toBe("403 forbidden");
    expect(outcome(await reschedule(made, other, { headers }))).toBe("403 forbidden");
    expect((await show(made)).body.booking.status).toBe("confirmed");
  });

  it("changes nothing from the start on, and shows for 30 days", async () => {
    const made = await booked(slotId);
    await passHours(db, made.id, 31);
    expect(await outcomes(everyWay(made))).toEqual(["200", "409 too-late", "409 too-late"]);
    await passHours(db, made.id, 29 * DAY);
    expect(outcome(await show(made))).toBe("200");
    await passHours(db, made.id, DAY + 2);
    expect(await outcomes(everyWay(made))).toEqual(Array(3).fill("403 token-expired"));
    expect(outcome(await show({ ...made, token: "a-wrong-token" }))).toBe("403 forbidden");
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });

  it.each(["completed", "no_show"])("changes nothing about a booking that is %s", async (status) => {
    const made = await booked(slotId);
    await passHours(db, made.id, 30.5);
    expect(outcome(await patch(made.id, { status }))).toBe("200");
    expect(await outcomes(everyWay(made))).toEqual(["200", "409 conflict", "409 conflict"]);
    expect(await counts(db, slotId)).toEqual(["1/0"]);
  });

  it("says why it was cancelled to the operator alone", async () => {
    const made = await booked(slotId);
    await cancel(made);
    expect((await show(made)).body.booking).not.toHaveProperty("cancelReason");
    const [stored] = await db.select().from(bookings).where(eq(bookings.id, made.id));
    expect(stored?.cancelReason).toBe("customer");
  });
});
