import { processEvents } from "../../../lib/analytics/pipeline/pipeline.ts";
import { siteProcessing } from "../../../lib/analytics/pipeline/sweep-job.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { fire } from "../../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../../lib/log.ts";
import { NOW, SHOP, send } from "../../worlds/site.ts";
import { invocation } from "../jobs/invoke-weekly.ts";
import { dieAt } from "./dying.ts";
import type { SiteOrder } from "./site-process.ts";

/** A call with events, or a run of the sweeper, in a process of its own, which kills itself where it is told to. */
const { url, events, given, death } = JSON.parse(process.argv[2] ?? "{}") as SiteOrder;
redirectLog(() => {});
const connection = openPostgres(url);
const { db } = connection;

if (death.moment === "sent") {
  const sending = send(db, events);
  // Long enough to be on its way, too short to be answered.
  setImmediate(() => process.kill(process.pid, "SIGKILL"));
  await sending;
}
const onProgress = death.moment === "sent" ? () => {} : dieAt(connection, { ...death, moment: death.moment });
if (given === undefined) {
  const { rawIds } = await send(db, events);
  if (death.nth === 0) process.kill(process.pid, "SIGKILL");
  const commit = db.transaction.bind(db);
  db.transaction = (async (work: Parameters<typeof commit>[0]) => {
    const result = await commit(work);
    onProgress();
    return result;
  }) as typeof db.transaction;
  await processEvents(db, SHOP, rawIds, NOW);
} else {
  const invoked = invocation(db, NOW.toISOString(), { clock: Date.now, onProgress, trigger: "manual" });
  await fire(siteProcessing, given, NOW, invoked);
}
await connection.close();
