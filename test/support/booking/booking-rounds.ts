import { seededRandom } from "../../../dev/demo-data/seeded-random.ts";
import type { Db } from "../../../lib/db/db.ts";
import { addBookingWorld, between, type Random } from "../../worlds/booking-worlds.ts";
import { bookingCustomers, type RecordedReply, randomActors } from "./booking-actors.ts";
import { findCalmFaults, findReplyFaults, findRivalFaults, findTableFaults } from "./booking-invariants.ts";
import { emptyBookings } from "./booking-requests.ts";

export interface Round {
  requests: number;
  milliseconds: number;
  /** The number of responses by status. */
  statuses: Record<string, number>;
  /** Violated conditions, in words. */
  faults: string[];
}

/**
 * Plays a random round of bookings: about 50 to 200 simultaneous requests through the handlers, on slots of three kinds of
 * provider, while maintenance and cleanups run. Everything follows from the seed except the order in which the requests
 * are served.
 */
export async function playRound(db: Db, seed: number): Promise<Round> {
  const random = seededRandom(seed);
  await emptyBookings(db);
  const world = await addBookingWorld(db, random);
  const customers = bookingCustomers([...world.calm, ...world.rivals.flat()]);
  // Each of the other actors makes one to three requests, mostly one.
  const maxOthers = Math.floor((200 - customers.length) / 2);
  const others = randomActors(db, world, random, between(random, Math.max(10, 50 - customers.length), maxOthers));
  const replies: RecordedReply[] = [];
  const started = performance.now();
  await Promise.all(shuffled([...customers, ...others], random).map((act) => act((reply) => replies.push(reply))));
  const milliseconds = performance.now() - started;
  const statuses = Map.groupBy(replies, ({ reply }) => String(reply.status));
  return {
    requests: replies.length,
    milliseconds,
    statuses: Object.fromEntries([...statuses].map(([status, list]) => [status, list.length])),
    faults: [
      ...findReplyFaults(replies),
      ...findCalmFaults(world.calm, replies),
      ...findRivalFaults(world.rivals, replies),
      ...(await findTableFaults(db, replies)),
    ],
  };
}

function shuffled<T>(list: T[], random: Random): T[] {
  const placed = list.map((item) => ({ item, place: random() }));
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
