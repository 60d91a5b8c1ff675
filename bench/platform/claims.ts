import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { claimRun } from "../../lib/jobs/ledger.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { time, verdict } from "../support.ts";

const CLAIMS = 30_000;
const IN_FLIGHT = 40;

/** How many claims of an occurrence that is being run one process can lose a second, on real Postgres. */
export async function claimsBench(): Promise<void> {
  const server = await startPostgres();
  try {
    const { db, close } = openPostgres(await createDatabase(server.url), { max: 20 });
    const now = new Date("2026-02-09T00:05:00Z");
    const request = { jobName: "bench", scheduledFor: now, trigger: "cron", force: false, at: now } as const;
    await claimRun(db, request);
    let left = CLAIMS;
    const lose = async () => {
      while (left-- > 0) if ((await claimRun(db, request)).won) throw new Error("expected a lost claim, won one");
    };
    const ms = await time(() => Promise.all(Array.from({ length: IN_FLIGHT }, lose)));
    await close();
    verdict("lost claims", CLAIMS / (ms / 1000), { atLeast: 5000 }, " a second");
  } finally {
    await server.stop();
  }
}
