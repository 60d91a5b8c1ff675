import { sql } from "drizzle-orm";
import type * as z from "zod";
import { type Db, rows, withInstants } from "../../db/db.ts";
import type { eventFields, visitFields } from "./report-fields.ts";

/** An event in `business`. */
type LatestEvent = z.input<z.ZodObject<typeof eventFields>>;

/** Reads the latest events of a site from `business`, newest first, including those of bots. */
export async function readLatestEvents(db: Db, customerId: string, limit: number): Promise<LatestEvent[]> {
  const events = await rows<LatestEvent>(
    db,
    sql`select event_id, event_type, page_url, session_key as session_id, visitor_id, occurred_at, referrer, device, browser,
        os, country, bot, quality, quality_score::float8 as quality_score, event_data
      from business.events where customer_id = ${customerId}
      order by customer_id, occurred_at desc, event_id desc limit ${limit}`,
  );
  return withInstants(events, "occurred_at");
}

/** A visit. Referrer, campaign, device and country are those of its first event. */
type LatestVisit = z.input<z.ZodObject<typeof visitFields>>;

/** Reads the latest visits of a site, newest first. */
export async function readLatestVisits(db: Db, customerId: string, limit: number): Promise<LatestVisit[]> {
  const visits = await rows<LatestVisit>(
    db,
    sql`select session_key as session_id, started_at, ended_at, extract(epoch from ended_at - started_at)::float8
          as duration_seconds, events, page_views, page_views = 1 and events = 1 as bounce, entry_page, exit_page, referrer,
        utm_source, utm_medium, utm_campaign, device, browser, os, country
      from business.sessions where customer_id = ${customerId}
      order by customer_id, started_at desc, session_key limit ${limit}`,
  );
  return withInstants(visits, "started_at", "ended_at");
}
