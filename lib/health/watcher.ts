import { config } from "../config/config.ts";
import { AppError, describeError } from "../errors.ts";
import type { Access } from "../http/access.ts";
import { bearerToken } from "../http/bearer.ts";
import { SMALL_BODY } from "../http/body.ts";
import { callerOf } from "../http/caller.ts";
import { limitByAddress } from "../http/rate-limit/rate-limit.ts";
import { log } from "../log.ts";

/** Who asks for the health. */
export interface Watcher {
  /** Whether the settings are valid. If not, nothing works and no token can be checked. */
  isConfigured: boolean;
  /** Whether the request comes from an operator or a program of the platform's. */
  isTrusted: boolean;
}

/** Everyone may ask for the health, and operators and monitors with a token without a limit. */
export const watcher: Access<Watcher> = {
  credentials: [],
  cors: undefined,
  largestBody: SMALL_BODY,
  authenticate: async ({ request, now }) => {
    if (!isConfigured()) return { isConfigured: false, isTrusted: false };
    const isTrusted = await isOperator(request, now);
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
 * Whether the request comes from an operator, or from a program with `ADMIN_TOKEN` or an API token. Others see what the public sees.
 * If the database is away, only `ADMIN_TOKEN` can be checked.
 * @throws AppError `rate-limited` (429) after too many wrong tokens.
 */
async function isOperator(request: Request, now: Date): Promise<boolean> {
  if (bearerToken(request) === undefined && request.headers.get("cookie") === null) return false;
  try {
    return (await callerOf(request, now)).kind === "operator";
  } catch (error) {
    if (error instanceof AppError && error.code === "rate-limited") throw error;
    return false;
  }
}
