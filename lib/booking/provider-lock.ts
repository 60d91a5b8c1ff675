import { sql } from "drizzle-orm";
import { type Db, rows } from "../db/db.ts";
import { lockOnKey } from "../db/locks.ts";

/**
 * Lets one transaction at a time change what the slots of these providers hold, until it ends. The database would keep
 * two overlapping bookings apart without it, but two of them at once may then wait for each other in a circle. Whoever
 * needs several providers names them all at once: they are taken in one order for all.
 */
export async function lockProviders(tx: Db, providerIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    sql`select ${lockOnKey("providers", sql`key`)} from (
      select distinct hashtext(id) as key from jsonb_array_elements_text(${JSON.stringify(providerIds)}::jsonb) as id
      order by 1) as keys`,
  );
}
