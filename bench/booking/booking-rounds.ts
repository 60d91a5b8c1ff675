import { sql } from "drizzle-orm";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { row } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../lib/log.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { playRound } from "../../test/support/booking/booking-rounds.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { SETTINGS } from "../../test/support/http/requests.ts";
import { median, verdict } from "../support.ts";

const ROUNDS = 1_000;
const FIRST_SEED = 1;

/** A thousand randomised rounds of 50 to 200 requests for bookings at once, on a real Postgres. */
export async function bookingRoundsBench(): Promise<void> {
  const server = await startPostgres();
  const { db, close } = openPostgres(await createDatabase(server.url), { max: 20 });
  try {
    useConnection({ db, driver: "postgres", close });
    configure({ ...SETTINGS, BATCH_SIZE: "20" });
    redirectLog(() => {});
    const milliseconds: number[] = [];
    const statuses: Record<string, number> = {};
    let faulty = 0;
    for (let n = 0; n < ROUNDS; n++) {
      const round = await playRound(db, FIRST_SEED + n);
      milliseconds.push(round.milliseconds);
      for (const [status, count] of Object.entries(round.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
      if (round.faults.length > 0) {
        faulty += 1;
        console.log(`round ${FIRST_SEED + n}:\n  ${round.faults.join("\n  ")}`);
      }
      if ((n + 1) % 100 === 0) console.log(`${n + 1} of ${ROUNDS} rounds, ${faulty} of them faulty`);
    }
    const { deadlocks } = await row<{ deadlocks: number }>(
      db,
      sql`select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()`,
    );
    const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0);
    console.log(
      `${requests} requests, by status ${JSON.stringify(statuses)}; deadlocks met and tried again: ${deadlocks}`,
    );
    console.log(
      `a round: median ${median(milliseconds).toFixed(0)} ms, at most ${Math.max(...milliseconds).toFixed(0)} ms`,
    );
    verdict(`faulty rounds of ${ROUNDS}`, faulty, { atMost: 0 });
  } finally {
    await close();
    await server.stop();
  }
}
