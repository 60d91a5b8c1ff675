/** A run is tried this often before it waits for a person. */
export const MAX_ATTEMPTS = 3;

const BASE_MS = 60_000;

/** Delay before the next attempt: 1, 2, 4 ... minutes. */
export function backoffMs(attempt: number): number {
  return BASE_MS * 2 ** (attempt - 1);
}
