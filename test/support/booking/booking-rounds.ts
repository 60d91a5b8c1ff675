import { seededRandom } from "../../../dev/demo-data/random.ts";
import type { Db } from "../../../lib/db/db.ts";
import { between, makeWorld, type Random } from "../../worlds/booking-worlds.ts";
import { type Heard, people, plainCustomers } from "./booking-actors.ts";
import { faultsOfAnswers, faultsOfCalm, faultsOfRivals, faultsOfTables } from "./booking-invariants.ts";
import { emptyBookings } from "./booking-requests.ts";

export interface Round {
  requests: number;
  milliseconds: number;
  /** How many answers there were of each status. */
  statuses: Record<string, number>;
  /** What ought never to be, in words. */
  faults: string[];
}

/**
 * One randomised round of bookings: some 50 to 200 requests at once, through the handlers, on slots of three kinds of
 * provider, with maintenance and cleaning up running through them. All of it follows from the seed but the order in
 * which the requests get through.
 */
export async function playRound(db: Db, seed: number): Promise<Round> {
  const random = seededRandom(seed);
  await emptyBookings(db);
  const world = await makeWorld(db, random);
  const plain = plainCustomers([...world.calm, ...world.rivals.flat()]);
  // Each of the others makes one to three requests, mostly one.
  const most = Math.floor((200 - plain.length) / 2);
  const others = people(db, world, random, between(random, Math.max(10, 50 - plain.length), most));
  const heard: Heard[] = [];
  const started = performance.now();
  await Promise.all(shuffled([...plain, ...others], random).map((act) => act((one) => heard.push(one))));
  const milliseconds = performance.now() - started;
  const statuses = Map.groupBy(heard, ({ reply }) => String(reply.status));
  return {
    requests: heard.length,
    milliseconds,
    statuses: Object.fromEntries([...statuses].map(([status, list]) => [status, list.length])),
    faults: [
      ...faultsOfAnswers(heard),
      ...faultsOfCalm(world.calm, heard),
      ...faultsOfRivals(world.rivals, heard),
      ...(await faultsOfTables(db, heard)),
    ],
  };
}

function shuffled<T>(list: T[], random: Random): T[] {
  const placed = list.map((one) => ({ one, place: random() }));
  return placed.sort((a, b) => a.place - b.place).map(({ one }) => one);
}
