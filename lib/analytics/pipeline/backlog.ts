import { type SQL, sql } from "drizzle-orm";
import { type Db, instantOf, row } from "../../db/db.ts";

/** What waits in the pipeline. */
export interface Waiting {
  /** To be staged. */
  raw: number;
  /** To be promoted. */
  staging: number;
  /** When the oldest of it was received. */
  oldest: Date | undefined;
}

/** @param customerId Only this site's. */
export async function countWaiting(db: Db, customerId?: string): Promise<Waiting> {
  const ofSite: SQL = customerId === undefined ? sql`true` : sql`customer_id = ${customerId}`;
  const { raw, staging, oldest } = await row<{ raw: number; staging: number; oldest: string | null }>(
    db,
    sql`select raw.n as raw, staging.n as staging, least(raw.oldest, staging.oldest) as oldest
      from (select count(*)::int as n, min(received_at) as oldest from raw.pending where ${ofSite}) as raw,
        (select count(*)::int as n, min(received_at) as oldest from staging.pending where ${ofSite}) as staging`,
  );
  return { raw, staging, oldest: oldest === null ? undefined : instantOf(oldest) };
}
