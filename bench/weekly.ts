import { sql } from "drizzle-orm";
import { openPostgres } from "../lib/db/postgres.ts";
import { createDatabase } from "../test/support/databases.ts";
import { startPostgres } from "../test/support/postgres-server.ts";
import { runAlone, time, verdict } from "./support.ts";
import { fill, WEEK, WRITTEN } from "./weekly-data.ts";

interface Evaluation {
  ms: number;
  peakMb: number;
}

/**
 * The weekly evaluation against its floor (a bare aggregate over the same rows, and a bare insert of the rows it wrote
 * into tables with the same columns and indexes), its growth, and its memory.
 */
export async function weeklyBench(sizes: number[]): Promise<void> {
  const server = await startPostgres();
  try {
    const measured: { users: number; ms: number }[] = [];
    for (const users of sizes) {
      const { evaluation, floorMs } = await measure(server.url, users);
      measured.push({ users, ms: evaluation.ms });
      console.log(`${users} users: ${seconds(evaluation.ms)}, floor ${seconds(floorMs)}`);
      verdict(`weekly, ${users} users, times the floor`, evaluation.ms / floorMs, { atMost: 3 });
      verdict(`weekly, ${users} users, peak memory`, evaluation.peakMb, { atMost: 256 }, " MB");
    }
    const [first, last] = [measured[0], measured.at(-1)];
    if (first === undefined || last === undefined || first === last) return;
    const exponent = Math.log(last.ms / first.ms) / Math.log(last.users / first.users);
    verdict(`weekly, growth exponent from ${first.users} to ${last.users} users`, exponent, { atMost: 1.1 });
  } finally {
    await server.stop();
  }
}

/**
 * V8 sizes its heap by the machine's memory and lets garbage lie while there is plenty; this is what it does on a small
 * one, such as a function.
 */
const SMALL_HEAP = ["--max-semi-space-size=8", "--max-old-space-size=160"];

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function measure(server: string, users: number): Promise<{ evaluation: Evaluation; floorMs: number }> {
  const url = await createDatabase(server);
  const connection = openPostgres(url);
  const run = (statement: string) => connection.db.execute(sql.raw(statement));
  await fill(connection.db, users);
  const evaluation = await runAlone<Evaluation>("bench/weekly-run.ts", [url], SMALL_HEAP);

  await run("checkpoint");
  const aggregate = await time(async () => {
    await run(`select count(*) from (select user_id, exercise_id, sum(points_earned), sum(reps), sum(duration_seconds),
      sum(distance_km) from workout_activities where start_time >= '${WEEK.start}' and start_time < '${WEEK.end}'
      group by 1, 2) as sums`);
    await run(`select count(*) from (select user_id, count(*) from
      (select user_a as user_id from friendships union all select user_b from friendships) as ends group by 1) as sums`);
  });
  let insert = 0;
  for (const table of WRITTEN) {
    await run(`create table floor_${table} (like ${table} including all excluding identity)`);
    insert += await time(() => run(`insert into floor_${table} select * from ${table}`));
  }
  await connection.close();
  return { evaluation, floorMs: aggregate + insert };
}
