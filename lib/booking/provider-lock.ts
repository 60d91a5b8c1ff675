import { sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { lockOnKey } from "../db/locks.ts";

/**
 * Lets one transaction at a time change the bookings and slots of these providers, until it ends. Without the lock, the
 * exclusion constraint would still prevent overlapping bookings, but two of them at once could deadlock. A transaction
 * that needs several providers must lock them in one call, which takes them in the same order everywhere.
 */
export async function lockProviders(tx: Db, providerIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    sql`select ${lockOnKey("providers", sql`key`)} from (
      select distinct hashtext(id) as key from jsonb_array_elements_text(${JSON.stringify(providerIds)}::jsonb) as id
      order by 1) as keys`,
  );
}
