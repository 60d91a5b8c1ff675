import { api } from "../../lib/app/api.ts";
import { configure } from "../../lib/config/config.ts";
import { useConnection } from "../../lib/db/client.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { addOperator, CONSOLE_SECRET, cookieOf } from "../../test/worlds/operators.ts";
import { median, percentile, time, verdict } from "../support.ts";

const TOKEN = "a-secret-of-the-bench";
const PATH = "https://taktwerk.example/api/admin/runs?limit=1";
const WARM_UP = 50;
const TIMES = 300;
const OPERATORS = 200;

/** What a warm request costs more with a session than with `ADMIN_TOKEN`, which needs no database. Both are sent in turns. */
export async function sessionCheckBench(): Promise<void> {
  const server = await startPostgres();
  const connection = openPostgres(await createDatabase(server.url));
  try {
    useConnection(connection);
    configure({ ADMIN_TOKEN: TOKEN, CONSOLE_SECRET, EVENTS_BASE_URL: "https://taktwerk.example" });
    for (let n = 0; n < OPERATORS; n += 1) await addOperator(connection.db, { id: `operator-${n}`, role: "viewer" });
    const callers: Record<"token" | "session", Record<string, string>> = {
      token: { authorization: `Bearer ${TOKEN}` },
      session: { cookie: cookieOf("operator-7") },
    };
    const costs: Record<keyof typeof callers, number[]> = { token: [], session: [] };
    for (let n = 0; n < WARM_UP + TIMES; n += 1) {
      for (const name of ["token", "session"] as const) {
        const cost = await time(() => send(callers[name]));
        if (n >= WARM_UP) costs[name].push(cost);
      }
    }
    const [token, session] = [quick(costs.token), quick(costs.session)];
    console.log(`median: ${median(costs.token).toFixed(2)} ms, ${median(costs.session).toFixed(2)} ms`);
    console.log(`with ADMIN_TOKEN ${token.toFixed(2)} ms, with a session ${session.toFixed(2)} ms`);
    verdict("a session check, beyond a token", Math.max(0, session - token), { atMost: 5 }, " ms");
  } finally {
    await connection.close();
    await server.stop();
  }
}

/** The time of requests that no other process of the machine delays. */
const quick = (times: number[]): number => percentile(times, 0.1);

async function send(headers: Record<string, string>): Promise<void> {
  const response = await api.GET(new Request(PATH, { headers }));
  if (response.status !== 200) throw new Error(`expected 200, got ${response.status}: ${await response.text()}`);
  await response.text();
}
