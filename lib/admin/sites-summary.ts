import { sql } from "drizzle-orm";
import { readBacklog } from "../analytics/pipeline/backlog.ts";
import { listSites } from "../analytics/sites/sites.ts";
import { type Db, rows } from "../db/db.ts";

/** How the pipeline of site events stands: what waits, since when, and the dead letters of all sites by reason. */
export async function readSites(db: Db, now: Date) {
  const [waiting, deadLetters, sites] = await Promise.all([
    readBacklog(db),
    rows<{ reason: string; layer: string; count: number }>(
      db,
      sql`select reason, layer, count(*)::int as count from raw.dead_letters group by reason, layer order by reason, layer`,
    ),
    listSites(db),
  ]);
  const { raw, staging, oldest } = waiting;
  return {
    pending: { raw, staging },
    oldestPending: oldest ?? null,
    lagSeconds: oldest === undefined ? 0 : Math.max(0, Math.round((Number(now) - Number(oldest)) / 1000)),
    deadLetters,
    sites: sites.map(({ customerId, name, active, pending, deadLetters }) => ({
      customerId,
      name,
      active,
      pending,
      deadLetters,
    })),
  };
}
