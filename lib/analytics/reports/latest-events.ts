import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../../db/db.ts";

interface Latest {
  occurred_at: string;
}

/** The last events of a site, newest first, as they stand in business; bots' too, with their names. */
export async function latestEvents(db: Db, customerId: string, limit: number) {
  const found = await rows<Latest & Record<string, unknown>>(
    db,
    sql`select event_id, event_type, page_url, session_key as session_id, visitor_id, occurred_at, referrer, device, browser,
        os, country, bot, quality, quality_score::float8 as quality_score, event_data
      from business.events where customer_id = ${customerId}
      order by customer_id, occurred_at desc, event_id desc limit ${limit}`,
  );
  return found.map((event) => ({ ...event, occurred_at: instantOf(event.occurred_at).toISOString() }));
}
