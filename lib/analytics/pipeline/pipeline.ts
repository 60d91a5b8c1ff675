import { sql } from "drizzle-orm";
import { type Db, rows, transact } from "../../db/db.ts";
import type { Site } from "../sites/access.ts";
import type { BatchResult, BatchSelection } from "./batch.ts";
import type { DeadLetter } from "./dead-letters.ts";
import { loadBatch } from "./load.ts";
import { validateBatch } from "./validate.ts";

/** How many dead letters are replayed at once; the oldest first. */
export const MAX_REPLAYED = 100_000;

/** How many events one transaction takes. Other transactions of the same site wait for it meanwhile. */
export const BATCH_SIZE = 2_000;

/**
 * Processes events that were just collected through to `business`, and no others, however many are pending. Each step
 * commits separately: if the process dies in between, the sweep job (sweep-job.ts) continues.
 * @returns the events that became dead letters.
 */
export async function processEvents(db: Db, site: Site, rawIds: readonly string[], now: Date): Promise<DeadLetter[]> {
  if (rawIds.length === 0) return [];
  const selection: BatchSelection = { rawIds };
  const validated = await transact(db, (tx) => validateBatch(tx, site.customerId, selection, now));
  const loaded = await transact(db, (tx) => loadBatch(tx, site, selection, now));
  return [...validated.deadLetters, ...loaded.deadLetters];
}

/**
 * Processes the next batch of a site in both steps.
 * @param inTransaction Runs a named step in a transaction of its own.
 * @returns whether more events may be pending.
 */
export async function processNextBatch(
  inTransaction: (step: (tx: Db) => Promise<BatchResult>, name: string) => Promise<BatchResult>,
  { customerId, timezone }: Site,
  now: Date,
): Promise<boolean> {
  const selection: BatchSelection = { max: BATCH_SIZE };
  const validated = await inTransaction((tx) => validateBatch(tx, customerId, selection, now), "validate-events");
  const loaded = await inTransaction((tx) => loadBatch(tx, { customerId, timezone }, selection, now), "load-events");
  return validated.taken === BATCH_SIZE || loaded.taken === BATCH_SIZE;
}

/** Finds the sites with pending events. @param customerId Only this site. */
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
