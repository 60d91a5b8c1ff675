import { config } from "../../config/config.ts";
import { describeError } from "../../errors.ts";
import { closeRedis } from "../../http/rate-limit/redis.ts";
import { pingRateLimitStore } from "../../http/rate-limit/store.ts";
import { type Found, off, pass, warn } from "./finding.ts";

/** Whether there is a place where instances count requests together. Without one nobody is refused, so it is no failure. */
export async function lookAtRateStore(): Promise<Found[]> {
  if (config().redisUrl === undefined) return [pass("requests are counted in the database")];
  try {
    await pingRateLimitStore();
    return [pass("requests are counted in Redis, which answers")];
  } catch (fault) {
    const remedy =
      "see that REDIS_URL is right and reached from here, or unset it; until then each instance counts alone";
    return [warn(`Redis does not answer (${describeError(fault).message})`, remedy)];
  } finally {
    await closeRedis();
  }
}

/** Who hears of errors, and of silence. Both are a matter of choice. */
export async function lookAtListeners(): Promise<Found[]> {
  const { pingUrl, sentry } = config();
  const silence =
    pingUrl === undefined
      ? off("no outside watchdog notices when no cron fires at all", "set HEALTHCHECKS_PING_URL to one")
      : pass("an outside watchdog is pinged by every run");
  const errors = sentry === undefined ? "errors are only logged" : `errors are told to ${new URL(sentry.dsn).hostname}`;
  return [silence, pass(errors)];
}
