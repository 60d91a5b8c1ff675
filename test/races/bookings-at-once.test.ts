import { beforeEach, describe, expect, it } from "vitest";
import { releaseExpiredHolds } from "../../lib/booking/free-slots/holds.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import {
  book,
  booked,
  bookWith,
  cancel,
  counts,
  hold,
  inHours,
  mailedEvents,
  outcome,
  patch,
  type Reply,
  reschedule,
  show,
} from "../support/booking/booking-requests.ts";
import { openPractice } from "../worlds/demo-practice.ts";
import { addProvider, addService, addSlots } from "../worlds/slots.ts";

/** Two or more simultaneous requests for the same thing, each on its own connection. */

const TIMES = 10;
const KEY = "one-key-for-all-of-them";

describe("simultaneously", () => {
  let db: Db;
  openPractice(
    (fresh) => {
      db = fresh;
    },
    { max: 20 },
  );
  beforeEach(async () => {
    await addProvider(db, { id: "studio" });
    await addService(db, { id: "dance", providerId: "studio" });
  });

  const slot = async (hours: number, other = {}) => (await addSlots(db, { startsAt: inHours(hours), ...other }))[0]!;
  const times = <T>(work: (n: number) => Promise<T>) => Promise.all(Array.from({ length: TIMES }, (_, n) => work(n)));
  const outcomes = async (replies: Promise<Reply>[]) => (await Promise.all(replies)).map(outcome).sort();

  it("requests with one key make one booking, and all return it", async () => {
    const id = await slot(30);
    const replies = await times(() => bookWith(KEY, id));
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.booking.id} ${body.cancelToken}`)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers.get("idempotency-replayed") === null)).toHaveLength(1);
    expect(await counts(db, id)).toEqual(["1/0"]);
    expect(await mailedEvents(db, replies[0]!.body.booking.id)).toEqual(["booked:0"]);
  });

  it("requests with one key and one hold make one booking", async () => {
    const id = await slot(30, { capacity: 5 });
    const { holdId } = (await hold(id)).body;
    const replies = await times(() => bookWith(KEY, id, { holdId }));
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.booking.id}`)).size).toBe(1);
    expect(await counts(db, id)).toEqual(["1/0"]);
  });

  it("one key used for two providers books with one of them", async () => {
    const ids = [await slot(30), await slot(30, { serviceId: "dance", providerId: "studio" })];
    for (let n = 0; n < TIMES; n++) {
      const key = `${KEY}-${n}`;
      expect(await outcomes(ids.map((id) => bookWith(key, id)))).toEqual(["201", "422 key-reused"]);
      const taken = await counts(db, ...ids);
      expect(taken.sort()).toEqual(["0/0", "1/0"]);
      await Promise.all(ids.map(async (id) => cancelled(await bookWith(key, id))));
    }
  });
  const cancelled = async ({ status, body }: Reply) =>
    status === 201 && cancel({ id: body.booking.id, token: body.cancelToken });

  it("requests with one hold make one booking", async () => {
    const id = await slot(30, { capacity: 5 });
    const { holdId } = (await hold(id)).body;
    const replies = await times(() => book(id, { holdId }));
    expect(replies.map(outcome).sort()).toEqual(["201", ...Array(TIMES - 1).fill("409 conflict holdId")]);
    expect(await counts(db, id)).toEqual(["1/0"]);
  });

  it("a hold is either released or booked, and its place is not lost", async () => {
    const later = () => new Date(Date.now() + 6 * 60_000);
    for (let n = 0; n < TIMES; n++) {
      const id = await slot(30 + n);
      const { holdId } = (await hold(id)).body;
      const [reply] = await Promise.all([
        book(id, { holdId }),
        transact(db, (tx) => releaseExpiredHolds(tx, undefined, later())),
        transact(db, (tx) => releaseExpiredHolds(tx, undefined, later())),
      ]);
      expect(["201", "409 conflict holdId"]).toContain(outcome(reply));
      expect(await counts(db, id)).toEqual([reply.status === 201 ? "1/0" : "0/0"]);
    }
  });

  it("cancellations of one booking free one place and send one mail", async () => {
    const id = await slot(30, { capacity: 3 });
    const [made] = [await booked(id), await booked(id)];
    const replies = await times(() => cancel(made));
    expect(new Set(replies.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(await counts(db, id)).toEqual(["1/0"]);
    expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
  });

  it("cancellations by the customer and the operator are one cancellation", async () => {
    const id = await slot(30);
    for (let n = 0; n < TIMES; n++) {
      const made = await booked(id);
      expect(await outcomes([cancel(made), patch(made.id, { status: "cancelled" })])).toEqual(["200", "200"]);
      expect(await counts(db, id)).toEqual(["0/0"]);
      expect(await mailedEvents(db, made.id)).toEqual(["booked:0", "cancelled:1"]);
    }
  });

  it("two customers who want each other's full slot keep their own", async () => {
    const [a, b] = [await slot(30), await slot(40)];
    const [ada, bob] = [await booked(a), await booked(b)];
    for (let n = 0; n < TIMES; n++) {
      expect(await outcomes([reschedule(ada, b), reschedule(bob, a)])).toEqual(["409 slot-full", "409 slot-full"]);
    }
    expect([(await show(ada)).body.booking.slotId, (await show(bob)).body.booking.slotId]).toEqual([a, b]);
    expect(await counts(db, a, b)).toEqual(["1/0", "1/0"]);
  });

  it("two customers swap slots if both have another free place", async () => {
    const [a, b] = [await slot(30, { capacity: 2 }), await slot(40, { capacity: 2 })];
    const [ada, bob] = [await booked(a), await booked(b)];
    for (let n = 0; n < TIMES; n++) {
      const [to, from] = n % 2 === 0 ? [b, a] : [a, b];
      expect(await outcomes([reschedule(ada, to), reschedule(bob, from)])).toEqual(["200", "200"]);
      expect(await counts(db, a, b)).toEqual(["1/0", "1/0"]);
    }
    expect(await mailedEvents(db, ada.id)).toHaveLength(1 + TIMES);
  });

  it("only one of a booking, a move and a hold gets the last place", async () => {
    for (let n = 0; n < TIMES; n++) {
      const [from, last] = [await slot(30 + 2 * n), await slot(31 + 2 * n)];
      const made = await booked(from);
      const replies = await Promise.all([book(last), reschedule(made, last), hold(last)]);
      expect(replies.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(replies.filter(({ status }) => status >= 300).map(outcome)).toEqual(["409 slot-full", "409 slot-full"]);
      expect(["1/0", "0/1"]).toContain((await counts(db, last))[0]);
      expect(await counts(db, from)).toEqual([replies[1]?.status === 200 ? "0/0" : "1/0"]);
    }
  });

  it("a move and a cancellation leave free places and a cancelled booking", async () => {
    for (let n = 0; n < TIMES; n++) {
      const [from, to] = [await slot(30 + 2 * n), await slot(31 + 2 * n)];
      const made = await booked(from);
      const [moved, cancelled] = await Promise.all([reschedule(made, to), cancel(made)]);
      expect([outcome(cancelled), ["200", "409 conflict"].includes(outcome(moved))]).toEqual(["200", true]);
      expect(await counts(db, from, to)).toEqual(["0/0", "0/0"]);
      expect((await show(made)).body.booking.status).toBe("cancelled");
    }
  });
});
