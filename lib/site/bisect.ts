import type { Db } from "../db/db.ts";
import { isPassing } from "../db/retry.ts";
import { type Problem, processingError } from "./problem.ts";

/** An item that cannot be written, and why. */
export interface Unwritable<T> {
  item: T;
  problem: Problem;
}

/**
 * Writes items as one set. Where the database refuses the set, its halves are written by themselves, and so on, until the
 * bad ones stand alone: none of them keeps another from its way. A database that is away refuses nothing: that is thrown.
 */
export async function bisect<T>(
  tx: Db,
  items: readonly T[],
  write: (part: readonly T[], tx: Db) => Promise<void>,
): Promise<Unwritable<T>[]> {
  if (items.length === 0) return [];
  try {
    await tx.transaction((savepoint) => write(items, savepoint));
    return [];
  } catch (error) {
    if (isPassing(error)) throw error;
    const [item] = items;
    if (items.length === 1 && item !== undefined) return [{ item, problem: processingError(error) }];
    const middle = Math.ceil(items.length / 2);
    const first = await bisect(tx, items.slice(0, middle), write);
    return [...first, ...(await bisect(tx, items.slice(middle), write))];
  }
}
