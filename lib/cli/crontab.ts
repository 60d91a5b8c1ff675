import { config } from "../config/config.ts";
import { AppError } from "../errors.ts";
import { SCHEDULES } from "../jobs/schedule.ts";
import { CRON_HEADER } from "../jobs/trigger.ts";
import { argumentsIn } from "./arguments.ts";

/** What a function's own time limit leaves for the way there and back, in seconds. */
const MOST_SECONDS = 310;

/**
 * `crontab [--url …]`: every cron of `vercel.json` as a line of a crontab (UTC) that calls this deployment as the platform
 * would. The secret is not in it: cron reads it from the environment.
 * @throws AppError `invalid-parameter` where nobody says where the deployment is.
 */
export function crontab(args: string[]): string {
  const { values } = argumentsIn({ args, options: { url: { type: "string" } }, strict: true });
  const url = values.url ?? config().baseUrl;
  if (url === undefined || !/^https?:\/\/[^\s'"]+$/.test(url)) {
    throw new AppError(
      "invalid-parameter",
      `url: expected --url https://…, or EVENTS_BASE_URL, got ${url ?? "neither"}`,
    );
  }
  const lines = SCHEDULES.map(({ path, expression }) => {
    const headers = `-H "Authorization: Bearer $CRON_SECRET" -H "${CRON_HEADER}: ${expression}"`;
    return `${expression}  curl -fsS -m ${MOST_SECONDS} -o /dev/null ${headers} "${new URL(path, url).href}"`;
  });
  return ["CRON_TZ=UTC", "CRON_SECRET=", ...lines].join("\n");
}
