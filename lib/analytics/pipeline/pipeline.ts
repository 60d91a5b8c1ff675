import { sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../db/db.ts";
import type { Site } from "../sites/access.ts";
import type { BatchResult, BatchSelection } from "./batch.ts";
import type { DeadLetter } from "./dead-letters.ts";
import { promote } from "./load.ts";
import { stage } from "./validate.ts";

/** How many dead letters go the whole way again at once; the oldest first. */
export const MOST_REPLAYED = 100_000;

/** How many events a step takes in one transaction. While it is under way, others of the same site wait for it. */
export const BATCH = 2_000;

/**
 * Takes events just collected through to `business`, and no others, however many wait. Each step is committed by itself: a
 * process that dies in between leaves the rest to the sweeper.
 * @returns those that became dead letters.
 */
export async function processEvents(db: Db, site: Site, rawIds: readonly string[], now: Date): Promise<DeadLetter[]> {
  if (rawIds.length === 0) return [];
  const which: BatchSelection = { rawIds };
  const staged = await transact(db, (tx) => stage(tx, site.customerId, which, now));
  const promoted = await transact(db, (tx) => promote(tx, site, which, now));
  return [...staged.dead, ...promoted.dead];
}

/**
 * One batch of each step for a site.
 * @param step Runs a step in a transaction of its own. @returns whether more waits.
 */
export async function processNextBatch(
  step: (work: (tx: Db) => Promise<BatchResult>) => Promise<BatchResult>,
  { customerId, timezone }: Site,
  now: Date,
): Promise<boolean> {
  const staged = await step((tx) => stage(tx, customerId, { most: BATCH }, now));
  const promoted = await step((tx) => promote(tx, { customerId, timezone }, { most: BATCH }, now));
  return staged.taken === BATCH || promoted.taken === BATCH;
}

/** Sites of which something waits. @param customerId Only this one. */
export function findSitesWithWork(db: Db, customerId?: string): Promise<Site[]> {
  return rows<Site>(
    db,
    sql`select customer_id as "customerId", timezone from sites
      where ${customerId === undefined ? sql`true` : sql`customer_id = ${customerId}`}
        and (exists (select from raw.pending where pending.customer_id = sites.customer_id)
          or exists (select from staging.pending where pending.customer_id = sites.customer_id))
      order by customer_id`,
  );
}
