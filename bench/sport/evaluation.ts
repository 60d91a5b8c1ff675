import { sql } from "drizzle-orm";
import { type Db, row } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { runAlone, time, verdict } from "../support.ts";
import { fill, SCENARIOS } from "./evaluation-data.ts";

interface Evaluation {
  ms: number;
  peakMb: number;
}

/**
 * The number of users for which the time is compared with the floor. With fewer users the floor, about a second, varies by
 * half between runs. With ten times as many, the friends no longer fit into the server's default cache (128 MB), which
 * slows down the evaluation but not the floor.
 */
const USERS_COMPARED = 100_000;

/**
 * Measures an evaluation: its time compared with a floor, its growth with the number of users, and its memory. The floor
 * is an aggregate over the same rows plus an insert of the rows that it wrote into tables with the same columns and
 * indexes.
 */
export async function evaluationBench(name: keyof typeof SCENARIOS, sizes: number[]): Promise<void> {
  const server = await startPostgres();
  try {
    const measured: { users: number; ms: number }[] = [];
    for (const users of sizes) {
      const { evaluation, floorMs } = await measure(server.url, name, users);
      measured.push({ users, ms: evaluation.ms });
      const times = evaluation.ms / floorMs;
      console.log(
        `${users} users: ${seconds(evaluation.ms)}, floor ${seconds(floorMs)}, ${times.toFixed(2)} times the floor`,
      );
      if (users === USERS_COMPARED) verdict(`${name}, ${users} users, times the floor`, times, { atMost: 3 });
      verdict(`${name}, ${users} users, peak memory`, evaluation.peakMb, { atMost: 256 }, " MB");
    }
    const [first, last] = [measured[0], measured.at(-1)];
    if (first === undefined || last === undefined || first === last) return;
    const exponent = Math.log(last.ms / first.ms) / Math.log(last.users / first.users);
    verdict(`${name}, growth exponent from ${first.users} to ${last.users} users`, exponent, { atMost: 1.1 });
  } finally {
    await server.stop();
  }
}

/** The heap of a small machine, such as a function. On a large one, V8 collects garbage later. */
const SMALL_HEAP = ["--max-semi-space-size=8", "--max-old-space-size=160"];

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function measure(
  server: string,
  name: keyof typeof SCENARIOS,
  users: number,
): Promise<{ evaluation: Evaluation; floorMs: number }> {
  const scenario = SCENARIOS[name];
  const url = await createDatabase(server);
  const connection = openPostgres(url);
  const run = (statement: string) => connection.db.execute(sql.raw(statement));
  await fill(connection.db, users, scenario);
  const evaluation = await runAlone<Evaluation>("bench/sport/evaluation-run.ts", [url, name], SMALL_HEAP);

  await run("checkpoint");
  const aggregate = await time(async () => {
    await run(`select count(*) from (select user_id, exercise_id, sum(points_earned), sum(reps), sum(duration_seconds),
      sum(distance_km) from workout_activities where start_time >= '${scenario.start}' and start_time < '${scenario.end}'
      group by 1, 2) as sums`);
    await run(`select count(*) from (select user_id, count(*) from
      (select user_a as user_id from friendships union all select user_b from friendships) as ends group by 1) as sums`);
  });
  let insert = 0;
  for (const table of scenario.written) {
    await run(`create table floor_${table} (like ${table} including all excluding identity)`);
    const columns = await columnsOf(connection.db, table);
    insert += await time(() => run(`insert into floor_${table} (${columns}) select ${columns} from ${table}`));
  }
  await connection.close();
  return { evaluation, floorMs: aggregate + insert };
}

/** The columns of a table, without generated ones. */
async function columnsOf(db: Db, table: string): Promise<string> {
  const { names } = await row<{ names: string }>(
    db,
    sql`select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_name = ${table} and is_generated = 'NEVER'`,
  );
  return names;
}
