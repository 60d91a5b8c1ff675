import { config } from "../../config/config.ts";
import type { Access } from "../../http/access.ts";
import { requireSecret } from "../../http/bearer.ts";
import { SMALL_BODY } from "../../http/body.ts";
import { limitRefusals } from "../../http/rate-limit/rate-limit.ts";

/** Only crons and people with `CRON_SECRET` may call. No page calls jobs. */
export const cronOnly: Access<undefined> = {
  credentials: ["cronSecret"],
  cors: undefined,
  largestBody: SMALL_BODY,
  authenticate: async ({ request }) => {
    await limitRefusals(request, "jobs", () => requireSecret(request, "CRON_SECRET", config().cronSecret));
    return undefined;
  },
};
