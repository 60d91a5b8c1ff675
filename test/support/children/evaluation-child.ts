import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { configure } from "../../../lib/config/config.ts";
import type { Db } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../../lib/log.ts";
import { SETTINGS } from "../../worlds/club-settings.ts";
import { fireInSteps } from "../jobs/hit-steps.ts";
import type { Blow } from "./evaluation-process.ts";

/** An evaluation in a process of its own, which deals itself a blow (evaluation-process.ts). */
const [kind, date = "", url = "", now = "", blowText = "null"] = process.argv.slice(2);
const blow = JSON.parse(blowText) as Blow | null;
redirectLog(() => {});
configure(SETTINGS);
const connection = openPostgres(url);

let commits = 0;
let steps = 0;

/** The blow falls where asked; a stopped process says so first. */
function fall(): void {
  if (blow?.signal === "SIGSTOP") process.stdout.write("STOPPED\n", () => process.kill(process.pid, "SIGSTOP"));
  else process.kill(process.pid, "SIGKILL");
}

/**
 * The patience that a run asks of the server with a transaction in which nothing happens is over five times as fast, so
 * that nobody has to wait long for the locks of a process that is stopped. Where the run asks for none, it has no end.
 */
function hurry(tx: Db): void {
  const run = tx.execute.bind(tx);
  tx.execute = (async (statement: SQL) => {
    const result = await run(statement);
    if (dialect.sqlToQuery(statement).sql.includes(LIMIT)) {
      await run(sql`select set_config(name, (setting::int / 5)::text, true) from pg_settings where name = ${LIMIT}`);
    }
    return result;
  }) as Db["execute"];
}

const LIMIT = "idle_in_transaction_session_timeout";
const dialect = new PgDialect();
const begin = connection.db.transaction.bind(connection.db);
connection.db.transaction = ((work: (tx: Db) => Promise<unknown>) =>
  begin(async (tx) => {
    if (blow?.signal === "SIGSTOP") hurry(tx);
    const result = await work(tx);
    commits += 1;
    if (blow?.moment === "before-commit" && commits === blow.step) {
      fall();
      await new Promise((resolve) => setTimeout(resolve, 50)); // the signal needs a turn to arrive
    }
    return result;
  })) as typeof connection.db.transaction;

const report = await fireInSteps(kind as "week" | "month", connection.db, now, date, {
  clock: Date.now,
  onProgress: () => {
    steps += 1;
    if (blow?.moment === "after-commit" && steps === blow.step) fall();
  },
});
await connection.close();
console.log(`OUTCOME ${report.main.outcome.status}`);
