import { Cron } from "croner";
import { SCHEDULES } from "../jobs/schedule.ts";
import { cronRequest } from "../jobs/trigger.ts";
import { log } from "../log.ts";

/** Fires the crons of `vercel.json` in UTC against a local server, as the platform would. @returns how to stop. */
export function fireCrons(url: string, secret: string): () => void {
  const crons = SCHEDULES.map(
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
