import { config } from "../config/config.ts";
import { describeError } from "../errors.ts";
import type { Access } from "../http/access.ts";
import { bearerToken, secretsEqual } from "../http/bearer.ts";
import { SMALL_BODY } from "../http/body.ts";
import { countRefusal, limitByAddress } from "../http/rate-limit/rate-limit.ts";
import { log } from "../log.ts";

/** Who asks for the health. */
export interface Watcher {
  /** Whether the settings are valid. If not, nothing works and no token can be checked. */
  isConfigured: boolean;
  /** Whether the request has `ADMIN_TOKEN`. */
  isTrusted: boolean;
}

/** Everyone may ask for the health, and monitors without a limit if they have `ADMIN_TOKEN`. */
export const watcher: Access<Watcher> = {
  credentials: [],
  cors: undefined,
  largestBody: SMALL_BODY,
  authenticate: async ({ request }) => {
    if (!isConfigured()) return { isConfigured: false, isTrusted: false };
    const isTrusted = await hasAdminToken(request);
    if (!isTrusted) await limitByAddress("reads", request);
    return { isConfigured: true, isTrusted };
  },
};

/** The log names the wrong setting. */
function isConfigured(): boolean {
  try {
    return config() !== undefined;
  } catch (error) {
    log("error", "health_check_failed", { check: "settings", error: describeError(error) });
    return false;
  }
}

/**
 * A wrong token is counted and sees what the public sees.
 * @throws AppError `rate-limited` (429) after too many.
 */
async function hasAdminToken(request: Request): Promise<boolean> {
  const { adminToken } = config();
  const token = bearerToken(request);
  if (token === undefined) return false;
  if (adminToken !== undefined && secretsEqual(token, adminToken)) return true;
  await countRefusal(request, "admin");
  return false;
}
