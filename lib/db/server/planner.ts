import { sql } from "drizzle-orm";
import { type Db, rows } from "../db.ts";

/**
 * Settings that a transaction selects before statements that join large sets. They apply until the transaction ends, also
 * through PgBouncer, and belong together.
 *
 * The planner estimates one row instead of thousands for a table that is being filled, for a new range of ids, and for a
 * common table expression. Then it compares each row with each. So sets are joined by hashing, and single look-ups are written
 * as lateral subqueries, the only nested loops that such a statement needs.
 *
 * Up to Postgres 17 the planner adds 10^10 to the cost of such a loop. With JIT, as distributions ship it, a server compiles
 * statements of such a cost, which takes seconds instead of milliseconds. Without the first setting it would do so too: the
 * cost of two thousand look-ups is above its threshold.
 */
export const JOIN_BY_HASHING = sql`set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`;

/** Applies these settings as a separate statement. */
export async function joinByHashing(tx: Db): Promise<void> {
  await rows(tx, sql`select ${JOIN_BY_HASHING}`);
}
