import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { CRON_HEADER } from "../../jobs/endpoint/trigger.ts";
import { SCHEDULES } from "../../jobs/schedule.ts";
import type { Describe } from "../command.ts";
import { applySettings } from "../local-run.ts";

/** The time limit of a function in seconds, and ten more for the connection. */
const MAX_SECONDS = 310;

/** `crontab`: every cron of `vercel.json` as a line of a crontab. */
export const describeCrontab: Describe = (command) => {
  command
    .description("Prints every cron of vercel.json as a line of a crontab (UTC). Put the secret into its second line.")
    .option("--url <url>", "The address of the deployment; EVENTS_BASE_URL by default.")
    .examples("crontab --url https://taktwerk.example.com")
    .runs(({ url }) => {
      applySettings(undefined);
      console.log(crontab((url as string | undefined) ?? config().baseUrl));
      return 0;
    });
};

/**
 * Makes a crontab that calls a deployment as the platform does. It does not contain the secret: cron reads that from the
 * environment. @throws AppError `invalid-parameter` without an address.
 */
function crontab(url: string | undefined): string {
  if (url === undefined || !/^https?:\/\/[^\s'"]+$/.test(url)) {
    throw new AppError(
      "invalid-parameter",
      `url: expected --url https://…, or EVENTS_BASE_URL, got ${url ?? "neither"}`,
    );
  }
  const lines = SCHEDULES.map(({ path, expression }) => {
    const headers = `-H "Authorization: Bearer $CRON_SECRET" -H "${CRON_HEADER}: ${expression}"`;
    return `${expression}  curl -fsS -m ${MAX_SECONDS} -o /dev/null ${headers} "${new URL(path, url).href}"`;
  });
  return ["CRON_TZ=UTC", "CRON_SECRET=", ...lines].join("\n");
}
