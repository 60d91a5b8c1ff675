import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { book, inHours, type Reply } from "../../test/support/booking/booking-requests.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { SETTINGS } from "../../test/support/http/requests.ts";
import { addProvider, addService, addSlots } from "../../test/worlds/slots.ts";
import { percentile, time, verdict } from "../support.ts";

const AT_ONCE = 50;
const ROUNDS = 20;

/** Bookings of many at once, through the handlers: for different slots of one provider, and all for one place. */
export async function bookingsBench(): Promise<void> {
  const server = await startPostgres();
  const { db, close } = openPostgres(await createDatabase(server.url), { max: 20 });
  try {
    useConnection({ db, driver: "postgres", close });
    configure(SETTINGS);
    await addProvider(db);
    await addService(db);
    await measure(db, `${AT_ONCE} at once, ${AT_ONCE} slots of one provider`, AT_ONCE, 30);
    await measure(db, `${AT_ONCE} at once, one place`, 1, 30 + (ROUNDS + 1) * AT_ONCE);
  } finally {
    await close();
    await server.stop();
  }
}

/**
 * @param places In slots of their own, one hour after the other; as many of those who ask get one.
 * @param first In how many hours the first of them begins.
 */
async function measure(db: Db, name: string, places: number, first: number): Promise<void> {
  const taken: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const starts = Array.from({ length: places }, (_, n) => inHours(first + round * places + n));
    const slots = await addSlots(db, ...starts.map((startsAt) => ({ startsAt })));
    const replies: Reply[] = [];
    const ask = (n: number) => time(async () => replies.push(await book(slots[n % places] ?? 0)));
    const durations = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => ask(n)));
    const won = replies.filter(({ status }) => status === 201).length;
    if (won !== places) throw new Error(`expected ${places} bookings, got ${won}`);
    if (round > 0) taken.push(...durations); // the first warms up
  }
  const at = (share: number) => percentile(taken, share);
  console.log(`${name}: median ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms`);
  verdict(`${name}, p95`, at(0.95), { atMost: 300 }, " ms");
}
