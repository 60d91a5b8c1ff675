import { AppError } from "../../errors.ts";

/**
 * Looks up the keys of callers that have sent too many wrong ones. One of them may be right, so each is looked up, but only
 * a few at a time: callers with valid keys need the database connections.
 */

/** Out of the five database connections of an instance. */
const MAX_LOOKUPS = 2;
/** More callers at a time are an attack from many addresses. */
const MAX_WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes of keys that were valid here lately; their callers need not wait behind guesses. */
const validHashes = new Set<string>();
const MAX_REMEMBERED = 1_000;

/** Remembers that a key is valid. */
export function rememberValidKey(hash: string): void {
  if (validHashes.has(hash)) return;
  if (validHashes.size >= MAX_REMEMBERED) validHashes.clear();
  validHashes.add(hash);
}

/** Runs the look-up of a key: at once if the key was valid before, otherwise in its turn. @throws AppError `rate-limited` (429). */
export async function lookUpSuspectKey<T>(hash: string, lookUp: () => Promise<T>): Promise<T> {
  if (validHashes.has(hash)) return lookUp();
  if (running >= MAX_LOOKUPS) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError("rate-limited", "too many wrong keys are being tried at the moment; try again in a second", {
        headers: { "Retry-After": "1" },
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await lookUp();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
