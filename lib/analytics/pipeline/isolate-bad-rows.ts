import type { Db } from "../../db/db.ts";
import { whyUnavailable } from "../../db/failures/unavailable.ts";
import { describeError } from "../../errors.ts";
import { type Problem, processingError } from "../events/reject-reason.ts";

/**
 * Classes of SQLSTATE that tell of connections, transactions, statements as such, resources, locks, operators, and files:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const OF_THE_SERVER = /^(08|25|40|42|53|55|57|58)...$/;

/** An item that cannot be written, and why. */
export interface BadRow<T> {
  item: T;
  problem: Problem;
}

/**
 * Writes items as one set. Where the database refuses the set, its halves are written by themselves, and so on, until the
 * bad ones stand alone: none of them keeps another from its way. A database that is away, full or not what this release
 * expects would refuse any: that is thrown.
 */
export async function isolateBadRows<T>(
  tx: Db,
  items: readonly T[],
  write: (part: readonly T[], tx: Db) => Promise<void>,
): Promise<BadRow<T>[]> {
  if (items.length === 0) return [];
  try {
    await tx.transaction((savepoint) => write(items, savepoint));
    return [];
  } catch (error) {
    if (whyUnavailable(error) !== undefined || OF_THE_SERVER.test(describeError(error).code)) throw error;
    const [item] = items;
    if (items.length === 1 && item !== undefined) return [{ item, problem: processingError(error) }];
    const middle = Math.ceil(items.length / 2);
    const first = await isolateBadRows(tx, items.slice(0, middle), write);
    return [...first, ...(await isolateBadRows(tx, items.slice(middle), write))];
  }
}
