import { sql } from "drizzle-orm";
import { at, type Db, row } from "../db/db.ts";
import type { Condition } from "../supervision/job-conditions.ts";
import { HOUR_MS } from "../time/durations.ts";
import { readBacklog } from "./pipeline/backlog.ts";

/** Finds what is wrong with the pipeline: events pending for an hour, although the sweep job runs every 15 minutes, and processing errors. */
export async function siteConditions(db: Db, now: Date): Promise<Condition[]> {
  return [...(await findLag(db, now)), ...(await findProcessingErrors(db, now))];
}

async function findLag(db: Db, now: Date): Promise<Condition[]> {
  const { raw, staging, oldest } = await readBacklog(db);
  if (oldest === undefined || Number(now) - Number(oldest) < HOUR_MS) return [];
  return [
    {
      key: "site:lag",
      title: "site events have been waiting for more than an hour",
      details: {
        oldest: oldest.toISOString(),
        raw,
        staging,
        remedy: "POST /api/v1/track/process with CRON_SECRET processes them; its response says what stops them",
      },
      waitsFor: "site-processing",
    },
  ];
}

/** Other dead letters are faults of the sender and open no incident. */
async function findProcessingErrors(db: Db, now: Date): Promise<Condition[]> {
  const dayAgo = new Date(now.getTime() - 24 * HOUR_MS);
  const { events, last } = await row<{ events: number; last: string | null }>(
    db,
    sql`select count(*)::int as events, (array_agg(layer || ': ' || got order by id desc))[1] as last
      from raw.dead_letters where reason = 'processing-error' and failed_at > ${at(dayAgo)}`,
  );
  if (events === 0) return [];
  return [
    {
      key: "site:processing-error",
      title: `${events} site events could not be processed`,
      details: {
        last,
        remedy: "correct the cause, then POST /api/v1/track/process?replay=true&reason=processing-error",
      },
    },
  ];
}
