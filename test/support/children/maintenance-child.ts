import { slotMaintenance } from "../../../lib/booking/slots/maintenance.ts";
import { configure } from "../../../lib/config/config.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { runOccurrence } from "../../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../../lib/log.ts";
import { invocation } from "../jobs/invoke-weekly.ts";
import { type Death, dieAt } from "./dying.ts";

/** A run of maintenance in a process of its own, which kills itself before or after its n-th commit of a step. */
const [url = "", now = "", batchSize, given = "{}", moment, nth] = process.argv.slice(2);
redirectLog(() => {});
configure({ BATCH_SIZE: batchSize });
const connection = openPostgres(url);
const onProgress = dieAt(connection, { moment: moment as Death["moment"], nth: Number(nth) });
const invoked = invocation(connection.db, now, { clock: Date.now, onProgress });
await runOccurrence(slotMaintenance, JSON.parse(given), new Date(now), invoked);
await connection.close();
