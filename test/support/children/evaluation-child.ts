import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../../lib/log.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";
import { evaluateInSmallChunks } from "../sport/small-chunks.ts";
import type { Interruption } from "./evaluation-process.ts";

/** Evaluates a period in a process of its own, which may interrupt itself (evaluation-process.ts). */
const [kind, date = "", url = "", now = "", interruptionText = "null"] = process.argv.slice(2);
const interruption = JSON.parse(interruptionText) as Interruption | null;
redirectLog(() => {});
configure(SETTINGS);
const connection = openPostgres(url);

let commits = 0;
let steps = 0;

/** A process that stops says so first. */
function interrupt(): void {
  if (interruption?.signal === "SIGSTOP") process.stdout.write("STOPPED\n", () => process.kill(process.pid, "SIGSTOP"));
  else process.kill(process.pid, "SIGKILL");
}

/**
 * Divides the idle timeout that a run sets for its transactions by five, so that the locks of a stopped process are
 * released sooner. Without such a timeout, they are never released.
 */
function shortenIdleTimeout(tx: Db): void {
  const run = tx.execute.bind(tx);
  tx.execute = (async (statement: SQL) => {
    const result = await run(statement);
    if (dialect.sqlToQuery(statement).sql.includes(IDLE_TIMEOUT)) {
      await run(
        sql`select set_config(name, (setting::int / 5)::text, true) from pg_settings where name = ${IDLE_TIMEOUT}`,
      );
    }
    return result;
  }) as Db["execute"];
}

const IDLE_TIMEOUT = "idle_in_transaction_session_timeout";
const dialect = new PgDialect();
const begin = connection.db.transaction.bind(connection.db);
connection.db.transaction = ((work: (tx: Db) => Promise<unknown>) =>
  begin(async (tx) => {
    if (interruption?.signal === "SIGSTOP") shortenIdleTimeout(tx);
    const result = await work(tx);
    commits += 1;
    if (interruption?.moment === "before-commit" && commits === interruption.step) {
      interrupt();
      await new Promise((resolve) => setTimeout(resolve, 50)); // the signal needs a turn to arrive
    }
    return result;
  })) as typeof connection.db.transaction;

const report = await evaluateInSmallChunks(kind as "week" | "month", connection.db, now, date, {
  clock: Date.now,
  onProgress: () => {
    steps += 1;
    if (interruption?.moment === "after-commit" && steps === interruption.step) interrupt();
  },
});
await connection.close();
console.log(`OUTCOME ${report.main.outcome.status}`);
