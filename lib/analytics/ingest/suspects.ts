import { AppError } from "../../errors.ts";

/**
 * Looks up keys of callers who have come with too many wrong ones. The right one is among them perhaps, so each is looked
 * up; but few at a time, so that callers with right keys find connections free.
 */

/** Of an instance's connections, which are five (db/pool.ts). */
const AT_ONCE = 2;
/** More at a time than this come from an attack of many addresses. */
const MOST_WAITING = 200;

let going = 0;
const waiting: (() => void)[] = [];

/** Hashes of keys that were right here lately: whoever has one of these does not wait behind guesses. */
const right = new Set<string>();
const MOST_REMEMBERED = 1_000;

/** Notes that a key opened its site. */
export function rememberValidKey(hash: string): void {
  if (right.has(hash)) return;
  if (right.size >= MOST_REMEMBERED) right.clear();
  right.add(hash);
}

/** Runs the look-up of a key at once if it was right before, else in its turn. @throws AppError `rate-limited` (429). */
export async function lookUpSuspectKey<T>(hash: string, look: () => Promise<T>): Promise<T> {
  if (right.has(hash)) return look();
  if (going >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) {
      throw new AppError("rate-limited", "too many wrong keys are tried at the moment; try again in a second", {
        headers: { "Retry-After": "1" },
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else going += 1;
  try {
    return await look();
  } finally {
    const next = waiting.shift();
    if (next === undefined) going -= 1;
    else next();
  }
}
