import { MINUTE_MS } from "../time/durations.ts";
/** The number of automatic attempts. After the last one, only a person can run it again. */
export const MAX_ATTEMPTS = 3;

/** Delay before the next attempt: 1, 2, 4 ... minutes. */
export function backoffMs(attempt: number): number {
  return MINUTE_MS * 2 ** (attempt - 1);
}
