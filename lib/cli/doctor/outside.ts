import { config } from "../../config/config.ts";
import { describeError } from "../../errors.ts";
import { closeRedis } from "../../http/rate-limit/redis.ts";
import { pingRateLimitStore } from "../../http/rate-limit/store.ts";
import { off, pass, type Result, warn } from "./finding.ts";

/** Checks the store in which instances count requests together. Only a warning: without it, each instance counts alone. */
export async function checkRateLimitStore(): Promise<Result[]> {
  if (config().redisUrl === undefined) return [pass("requests are counted in the database")];
  try {
    await pingRateLimitStore();
    return [pass("requests are counted in Redis, which answers")];
  } catch (error) {
    const remedy =
      "check that REDIS_URL is right and can be reached from here, or unset it; until then each instance counts alone";
    return [warn(`Redis does not answer (${describeError(error).message})`, remedy)];
  } finally {
    await closeRedis();
  }
}

/** Checks which services outside learn of errors and of missing runs. Both are optional. */
export async function checkListeners(): Promise<Result[]> {
  const { pingUrl, sentry } = config();
  const watchdog =
    pingUrl === undefined
      ? off("no watchdog outside notices when no cron fires at all", "set HEALTHCHECKS_PING_URL to one")
      : pass("every run pings a watchdog outside");
  const errors = sentry === undefined ? "errors are only logged" : `errors go to ${new URL(sentry.dsn).hostname}`;
  return [watchdog, pass(errors)];
}
