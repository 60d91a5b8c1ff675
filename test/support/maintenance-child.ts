import { configure } from "../../lib/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/postgres.ts";
import { fire } from "../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../lib/log.ts";
import { slotMaintenance } from "../../lib/slots/maintain.ts";
import { invocation } from "./invoke-weekly.ts";

/** A run of maintenance in a process of its own, which kills itself before or after its n-th commit of a step. */
const [url = "", now = "", batchSize, given = "{}", moment, nth] = process.argv.slice(2);
redirectLog(() => {});
configure({ BATCH_SIZE: batchSize });
const connection = openPostgres(url);

let commits = 0;
let steps = 0;

/** The signal needs a turn to arrive. */
const die = async () => {
  process.kill(process.pid, "SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
};

const begin = connection.db.transaction.bind(connection.db);
connection.db.transaction = ((work: (tx: Db) => Promise<unknown>) =>
  begin(async (tx) => {
    const result = await work(tx);
    commits += 1;
    if (moment === "before" && commits === Number(nth)) await die();
    return result;
  })) as typeof connection.db.transaction;

await fire(
  slotMaintenance,
  JSON.parse(given),
  new Date(now),
  invocation(connection.db, now, {
    clock: Date.now,
    onProgress: () => {
      steps += 1;
      if (moment === "after" && steps === Number(nth)) process.kill(process.pid, "SIGKILL");
    },
  }),
);
await connection.close();
