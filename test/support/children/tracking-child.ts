import { calendarTracking } from "../../../lib/attendance/tracking-job.ts";
import { configure } from "../../../lib/config/config.ts";
import { openPostgres } from "../../../lib/db/drivers/postgres.ts";
import { runOccurrence } from "../../../lib/jobs/occurrence.ts";
import { redirectLog } from "../../../lib/log.ts";
import { invocation } from "../jobs/invoke-weekly.ts";
import { dieAt } from "./dying.ts";

/** A run of tracking in a process of its own, which kills itself before or after its n-th commit of a step. */
const [url = "", now = "", settings = "{}", given = "{}", death = "{}"] = process.argv.slice(2);
redirectLog(() => {});
configure(JSON.parse(settings));
const connection = openPostgres(url);
const onProgress = dieAt(connection, JSON.parse(death));
const invoked = invocation(connection.db, now, { clock: Date.now, onProgress, trigger: "manual" });
await runOccurrence(calendarTracking, JSON.parse(given), new Date(now), invoked);
await connection.close();
