import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { releaseExpiredHolds } from "../../../lib/booking/free-slots/holds.ts";
import { type Db, transact } from "../../../lib/db/db.ts";
import {
  type BookingWorld,
  between,
  type ContestedSlot,
  changeCatalog,
  maintain,
  type Random,
} from "../../worlds/booking-worlds.ts";
import { book, bookWith, cancel, hold, patch, type Reply, releaseHold, reschedule } from "./booking-requests.ts";

/** A response with the request that it answers. */
export interface RecordedReply {
  request: "book" | "hold" | "release" | "cancel" | "move" | "patch";
  slotId: number;
  reply: Reply;
}

/** A participant in a round, who makes requests one after another and records the responses. */
export type Actor = (record: (reply: RecordedReply) => void) => Promise<unknown>;

/** Customers who each book one place in a contested slot. */
export const bookingCustomers = (slots: ContestedSlot[]): Actor[] =>
  slots.flatMap(({ slotId, demand }) => Array.from({ length: demand }, () => customer(slotId)));

const customer =
  (slotId: number, other = {}): Actor =>
  async (record) =>
    record({ request: "book", slotId, reply: await book(slotId, other) });

/** Delays an actor, so that others, such as maintenance, are already at work. */
function delayed(random: Random, act: Actor): Actor {
  const delay = between(random, 1, 200);
  return (record) => sleep(delay).then(() => act(record));
}

/** Random customers of the busy providers, with catalog changes, maintenance and cleanups in between. */
export function randomActors(db: Db, { busy }: BookingWorld, random: Random, count: number): Actor[] {
  const provider = () => busy[between(random, 0, busy.length - 1)]!;
  const customers = Array.from({ length: count }, (): Actor => {
    const slots = provider().slots[between(random, 0, 1)]!;
    const anySlot = () => slots[between(random, 0, slots.length - 1)]!;
    const act = KINDS[between(random, 0, KINDS.length - 1)]!(anySlot(), anySlot());
    return random() < 0.3 ? delayed(random, act) : act;
  });
  const providerIds = ["calm", ...busy.map(({ providerId }) => providerId)];
  const changes = [1, 2].map((nth): Actor => {
    const changed = { ...provider(), until: between(random, 9, 18), price: between(random, 10, 90) };
    return async () => {
      await changeCatalog(db, changed);
      await maintain(db, nth, providerIds);
    };
  });
  const cleanUps = [4, 6, 6].map((minutes) =>
    delayed(random, () => {
      const now = new Date(Date.now() + minutes * 60_000);
      return transact(db, (tx) => releaseExpiredHolds(tx, undefined, now));
    }),
  );
  return [...customers, ...changes, ...cleanUps];
}

const booksOnce = (slotId: number): Actor => customer(slotId);

/** Sends the same request twice at once. */
const repeatsRequest = (slotId: number): Actor => {
  const key = randomUUID();
  const send: Actor = async (record) => record({ request: "book", slotId, reply: await bookWith(key, slotId) });
  return (record) => Promise.all([send(record), send(record)]);
};

/** Books, and continues with the booking if the request succeeds. */
const booksAnd =
  (
    slotId: number,
    then: (booking: { id: string; token: string }, record: (reply: RecordedReply) => void) => Promise<unknown>,
  ): Actor =>
  async (record) => {
    const reply = await book(slotId);
    record({ request: "book", slotId, reply });
    if (reply.status === 201) await then({ id: reply.body.booking.id, token: reply.body.cancelToken }, record);
  };

/** Books and cancels twice at once. */
const cancelsTwice = (slotId: number): Actor =>
  booksAnd(slotId, (booking, record) => {
    const send = async () => record({ request: "cancel", slotId, reply: await cancel(booking) });
    return Promise.all([send(), send()]);
  });

const moves = (slotId: number, other: number): Actor =>
  booksAnd(slotId, async (booking, record) => {
    record({ request: "move", slotId: other, reply: await reschedule(booking, other) });
    record({ request: "move", slotId, reply: await reschedule(booking, slotId) });
  });

/** Moves the booking while the operator cancels it. */
const movesWhileCancelled = (slotId: number, other: number): Actor =>
  booksAnd(slotId, (booking, record) => {
    const move = async () => record({ request: "move", slotId: other, reply: await reschedule(booking, other) });
    const patchStatus = async () =>
      record({ request: "patch", slotId, reply: await patch(booking.id, { status: "cancelled" }) });
    return Promise.all([move(), patchStatus()]);
  });

const holdsAnd =
  (slotId: number, then: (holdId: string, record: (reply: RecordedReply) => void) => Promise<unknown>): Actor =>
  async (record) => {
    const reply = await hold(slotId);
    record({ request: "hold", slotId, reply });
    if (reply.status === 201) await then(reply.body.holdId, record);
  };

const holdsAndBooks = (slotId: number): Actor =>
  holdsAnd(slotId, (holdId, record) => customer(slotId, { holdId })(record));

const holdsAndReleases = (slotId: number): Actor =>
  holdsAnd(slotId, async (holdId, record) =>
    record({ request: "release", slotId, reply: await releaseHold(slotId, holdId) }),
  );

const abandonsHold = (slotId: number): Actor => holdsAnd(slotId, async () => {});

const KINDS = [
  booksOnce,
  repeatsRequest,
  cancelsTwice,
  moves,
  moves,
  movesWhileCancelled,
  holdsAndBooks,
  holdsAndReleases,
  abandonsHold,
];
