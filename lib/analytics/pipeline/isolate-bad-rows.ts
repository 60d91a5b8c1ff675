import type { Db } from "../../db/db.ts";
import { whyUnavailable } from "../../db/failures/unavailable.ts";
import { describeError } from "../../errors.ts";
import { processingError, type Rejection } from "../events/reject-reason.ts";

/**
 * Classes of SQLSTATE that concern the server and not a row: connections, transactions, statements, resources, locks,
 * operators and files (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const SERVER_FAULT = /^(08|25|40|42|53|55|57|58)...$/;

/** An item that the database refuses, with the reason. */
export interface BadRow<T> {
  item: T;
  rejection: Rejection;
}

/**
 * Writes items as one set. If the database refuses the set, it is halved until the bad items are found, so that no bad
 * item stops another.
 * @param write Writes a part of the items, in a savepoint.
 * @returns the items that were refused.
 * @throws the database's error if it would refuse any item: unreachable, full, or with another schema than this release expects.
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
    if (whyUnavailable(error) !== undefined || SERVER_FAULT.test(describeError(error).code)) throw error;
    const [item] = items;
    if (items.length === 1 && item !== undefined) return [{ item, rejection: processingError(error) }];
    const middle = Math.ceil(items.length / 2);
    const badRows = await isolateBadRows(tx, items.slice(0, middle), write);
    return [...badRows, ...(await isolateBadRows(tx, items.slice(middle), write))];
  }
}
