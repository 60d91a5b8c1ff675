import { sql } from "drizzle-orm";
import { at, type Db, row } from "../db/db.ts";
import type { Condition } from "../supervision/conditions.ts";
import { countWaiting } from "./pipeline/backlog.ts";

const HOUR_MS = 3_600_000;

/** What is wrong with the pipeline: events that wait, though the sweeper runs every quarter of an hour, and faults of ours. */
export async function siteConditions(db: Db, now: Date): Promise<Condition[]> {
  return [...(await lagging(db, now)), ...(await failing(db, now))];
}

async function lagging(db: Db, now: Date): Promise<Condition[]> {
  const { raw, staging, oldest } = await countWaiting(db);
  if (oldest === undefined || Number(now) - Number(oldest) < HOUR_MS) return [];
  return [
    {
      key: "site:lag",
      title: "site events wait for longer than an hour",
      details: {
        oldest: oldest.toISOString(),
        raw,
        staging,
        remedy: "POST /api/v1/track/process with CRON_SECRET takes them on; its answer says what holds them up",
      },
    },
  ];
}

/** What is wrong with an event itself is its sender's business. */
async function failing(db: Db, now: Date): Promise<Condition[]> {
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
        remedy: "once the cause is mended, POST /api/v1/track/process?replay=true&reason=processing-error",
      },
    },
  ];
}
