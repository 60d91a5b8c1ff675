import { processEvents } from "../../../lib/analytics/pipeline/pipeline.ts";
import { siteProcessing } from "../../../lib/analytics/pipeline/sweep-job.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { runOccurrence } from "../../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../../lib/log.ts";
import { SHOP, send } from "../../worlds/site.ts";
import { NOW } from "../../worlds/site-request.ts";
import { invocation } from "../jobs/invoke-weekly.ts";
import { dieAt } from "./dying.ts";
import type { SiteOrder } from "./site-process.ts";

/** A call with events, or a run of the sweep job, in its own process, which kills itself at a given moment. */
const { url, events, params, death } = JSON.parse(process.argv[2] ?? "{}") as SiteOrder;
redirectLog(() => {});
const connection = openPostgres(url);
const { db } = connection;

if (death.moment === "sent") {
  const sending = send(db, events);
  // Late enough for the statement to be sent, too early for its result.
  setImmediate(() => process.kill(process.pid, "SIGKILL"));
  await sending;
}
const onProgress = death.moment === "sent" ? () => {} : dieAt(connection, { ...death, moment: death.moment });
if (params === undefined) {
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
  await runOccurrence(siteProcessing, params, NOW, invoked);
}
await connection.close();
