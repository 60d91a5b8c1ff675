import { MINUTE_MS } from "../time/durations.ts";
/** A run is tried this often before it waits for a person. */
export const MAX_ATTEMPTS = 3;

/** Delay before the next attempt: 1, 2, 4 ... minutes. */
export function backoffMs(attempt: number): number {
  return MINUTE_MS * 2 ** (attempt - 1);
}
