import { setTimeout as sleep } from "node:timers/promises";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Db } from "../../../lib/db/db.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { redirectLog } from "../../../lib/log.ts";
import { fireDispatch, useServer } from "../mail/dispatch-run.ts";

/** A dispatcher in its own process, which may kill itself at one of its statements (dispatch-process.ts). */
const { url, port, at, scheduledFor, limit, settings, killAt } = JSON.parse(process.argv[2] ?? "{}");
redirectLog(() => {});
useServer(port, settings);
const connection = openPostgres(url);

const dialect = new PgDialect();
const run = connection.db.execute.bind(connection.db);
connection.db.execute = (async (statement: SQL) => {
  const isKilled = killAt !== undefined && dialect.sqlToQuery(statement).sql.includes(killAt.statement);
  if (isKilled && killAt.moment === "before") await killProcess();
  const result = await run(statement);
  if (isKilled && killAt.moment === "after") await killProcess();
  return result;
}) as Db["execute"];

async function killProcess(): Promise<void> {
  process.kill(process.pid, "SIGKILL");
  await sleep(1000); // the signal needs a turn to arrive
}

const counts = await fireDispatch(connection.db, new Date(at), { limit }, {}, new Date(scheduledFor));
await connection.close();
process.stdout.write(`COUNTS ${JSON.stringify(counts)}\n`, () => process.exit(0));
