import { sql } from "drizzle-orm";
import { type Db, rows } from "../db.ts";

/**
 * What a transaction selects before statements that derive sets from sets; in force until it ends, also through PgBouncer.
 * The two belong together.
 *
 * The planner takes thousands of rows for one where a table is being filled, where a range of ids is new, or where a common
 * table expression stands between, and then compares each with each. So sets are joined by hashing, and what is to be looked
 * up one by one is written as a lateral subquery, the one nested loop that such a statement cannot do without.
 *
 * Up to Postgres 17 the planner adds 10 thousand millions to the cost of that loop, and by its costs a server with JIT, as
 * distributions ship it, decides to compile a statement: seconds for one that takes milliseconds. It would do so without the
 * first setting, too: two thousand look-ups alone pass its threshold.
 */
export const JOIN_BY_HASHING = sql`set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`;

/** The same as a statement of its own. */
export async function joinByHashing(tx: Db): Promise<void> {
  await rows(tx, sql`select ${JOIN_BY_HASHING}`);
}
