import { sql } from "drizzle-orm";
import * as z from "zod";
import { readBacklog } from "../analytics/pipeline/backlog.ts";
import { listSites } from "../analytics/sites/sites.ts";
import { type Db, rows } from "../db/db.ts";
import { count, sentInstant } from "../http/responses/fields.ts";

const deadLetterCount = z
  .object({
    reason: z.string().meta({ description: "Why the events were refused.", examples: ["page-url"] }),
    layer: z.string().meta({ description: "The layer that they could not reach: `staging` or `business`." }),
    count,
  })
  .meta({ id: "DeadLetterCount", description: "The rejected events of one reason." });

const siteBacklog = z
  .object({
    customerId: z.string(),
    name: z.string(),
    active: z.boolean(),
    pending: count.meta({ description: "The events that are still on their way." }),
    deadLetters: count,
  })
  .meta({ id: "SiteBacklog", description: "The pending and rejected events of one site." });

export const sitesSummary = z
  .object({
    pending: z
      .object({ raw: count, staging: count })
      .meta({ description: "The events of all sites that wait for validation, and for loading." }),
    oldestPending: sentInstant.nullable().meta({ description: "When the oldest of them was received." }),
    lagSeconds: count.meta({ description: "How long it has waited." }),
    deadLetters: z.array(deadLetterCount),
    sites: z.array(siteBacklog),
  })
  .meta({ id: "SitesSummary", description: "The pipeline of site events." });

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
