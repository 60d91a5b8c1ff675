import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { releaseExpiredHolds } from "../../../lib/booking/free-slots/holds.ts";
import { type Db, transact } from "../../../lib/db/db.ts";
import {
  between,
  type Contested,
  changeSetup,
  maintain,
  type Random,
  type World,
} from "../../worlds/booking-worlds.ts";
import { book, bookWith, cancel, drop, hold, patch, type Reply, reschedule } from "./booking-requests.ts";

/** One answer, and to what. */
export interface Heard {
  asked: "book" | "hold" | "drop" | "cancel" | "move" | "patch";
  slotId: number;
  reply: Reply;
}

/** Somebody in a round, who asks for one thing after another and reports the answers. */
export type Actor = (hear: (one: Heard) => void) => Promise<unknown>;

/** Customers who ask for a place in a slot, and nothing else. */
export const plainCustomers = (slots: Contested[]): Actor[] =>
  slots.flatMap(({ slotId, wanted }) => Array.from({ length: wanted }, () => customer(slotId)));

const customer =
  (slotId: number, other = {}): Actor =>
  async (hear) =>
    hear({ asked: "book", slotId, reply: await book(slotId, other) });

/** Somebody who comes when the others have been at it for a while, maintenance among them. */
function later(random: Random, act: Actor): Actor {
  const delay = between(random, 1, 200);
  return (hear) => sleep(delay).then(() => act(hear));
}

/** So many of all who ever have to do with busy providers, with maintenance and cleaning up between them. */
export function people(db: Db, { busy }: World, random: Random, count: number): Actor[] {
  const provider = () => busy[between(random, 0, busy.length - 1)]!;
  const customers = Array.from({ length: count }, (): Actor => {
    const slots = provider().slots[between(random, 0, 1)]!;
    const some = () => slots[between(random, 0, slots.length - 1)]!;
    const act = KINDS[between(random, 0, KINDS.length - 1)]!(some(), some());
    return random() < 0.3 ? later(random, act) : act;
  });
  const everybody = ["calm", ...busy.map(({ providerId }) => providerId)];
  const changes = [1, 2].map((nth): Actor => {
    const changed = { ...provider(), until: between(random, 9, 18), price: between(random, 10, 90) };
    return async () => {
      await changeSetup(db, changed);
      await maintain(db, nth, everybody);
    };
  });
  const cleanUps = [4, 6, 6].map((minutes) =>
    later(random, () => {
      const now = new Date(Date.now() + minutes * 60_000);
      return transact(db, (tx) => releaseExpiredHolds(tx, undefined, now));
    }),
  );
  return [...customers, ...changes, ...cleanUps];
}

const plain = (slotId: number): Actor => customer(slotId);

/** The same request twice at once. */
const twins = (slotId: number): Actor => {
  const key = randomUUID();
  const one: Actor = async (hear) => hear({ asked: "book", slotId, reply: await bookWith(key, slotId) });
  return (hear) => Promise.all([one(hear), one(hear)]);
};

/** Books, and does something with the booking, if it is one. */
const booksAnd =
  (
    slotId: number,
    then: (known: { id: string; token: string }, hear: (one: Heard) => void) => Promise<unknown>,
  ): Actor =>
  async (hear) => {
    const reply = await book(slotId);
    hear({ asked: "book", slotId, reply });
    if (reply.status === 201) await then({ id: reply.body.booking.id, token: reply.body.cancelToken }, hear);
  };

/** Cancels twice at once. */
const changesMind = (slotId: number): Actor =>
  booksAnd(slotId, (known, hear) => {
    const one = async () => hear({ asked: "cancel", slotId, reply: await cancel(known) });
    return Promise.all([one(), one()]);
  });

const moves = (slotId: number, other: number): Actor =>
  booksAnd(slotId, async (known, hear) => {
    hear({ asked: "move", slotId: other, reply: await reschedule(known, other) });
    hear({ asked: "move", slotId, reply: await reschedule(known, slotId) });
  });

/** Is cancelled by the operator, while moving. */
const toldOff = (slotId: number, other: number): Actor =>
  booksAnd(slotId, (known, hear) => {
    const moved = async () => hear({ asked: "move", slotId: other, reply: await reschedule(known, other) });
    const sent = async () => hear({ asked: "patch", slotId, reply: await patch(known.id, { status: "cancelled" }) });
    return Promise.all([moved(), sent()]);
  });

const holdsAnd =
  (slotId: number, then: (holdId: string, hear: (one: Heard) => void) => Promise<unknown>): Actor =>
  async (hear) => {
    const reply = await hold(slotId);
    hear({ asked: "hold", slotId, reply });
    if (reply.status === 201) await then(reply.body.holdId, hear);
  };

const holdsAndBooks = (slotId: number): Actor => holdsAnd(slotId, (holdId, hear) => customer(slotId, { holdId })(hear));

const holdsAndDrops = (slotId: number): Actor =>
  holdsAnd(slotId, async (holdId, hear) => hear({ asked: "drop", slotId, reply: await drop(slotId, holdId) }));

const forgetsHold = (slotId: number): Actor => holdsAnd(slotId, async () => {});

const KINDS = [plain, twins, changesMind, moves, moves, toldOff, holdsAndBooks, holdsAndDrops, forgetsHold];
