import { Cron } from "croner";
import { cronRequest } from "../jobs/endpoint/trigger.ts";
import { SCHEDULES, type Schedule } from "../jobs/schedule.ts";
import { log } from "../log.ts";

/**
 * Fires crons in UTC against a server, as the platform would.
 * @param schedules Those of `vercel.json`, unless told otherwise.
 * @returns how to stop.
 */
export function fireCrons(url: string, secret: string, schedules: readonly Schedule[] = SCHEDULES): () => void {
  const crons = schedules.map(
    ({ path, expression }) =>
      new Cron(expression, { timezone: "UTC" }, async () => {
        try {
          const { status } = await fetch(cronRequest(`${url}${path}`, secret, expression));
          log("info", "cron_fired", { path, expression, status });
        } catch (error) {
          log("error", "cron_failed", { path, expression, error: String(error) });
        }
      }),
  );
  return () => {
    for (const cron of crons) cron.stop();
  };
}
