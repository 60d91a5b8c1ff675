import { type SQL, sql } from "drizzle-orm";
import { type Db, instantOf, row } from "../../db/db.ts";

/** The events that are still on their way through the pipeline. */
export interface Backlog {
  /** How many wait for validation. */
  raw: number;
  /** How many wait to be loaded into `business`. */
  staging: number;
  /** When the oldest of them was received. */
  oldest: Date | undefined;
}

/** Counts the pending events of all sites. @param customerId Only this site. */
export async function readBacklog(db: Db, customerId?: string): Promise<Backlog> {
  const ofSite: SQL = customerId === undefined ? sql`true` : sql`customer_id = ${customerId}`;
  const { raw, staging, oldest } = await row<{ raw: number; staging: number; oldest: string | null }>(
    db,
    sql`select raw.n as raw, staging.n as staging, least(raw.oldest, staging.oldest) as oldest
      from (select count(*)::int as n, min(received_at) as oldest from raw.pending where ${ofSite}) as raw,
        (select count(*)::int as n, min(received_at) as oldest from staging.pending where ${ofSite}) as staging`,
  );
  return { raw, staging, oldest: oldest === null ? undefined : instantOf(oldest) };
}
