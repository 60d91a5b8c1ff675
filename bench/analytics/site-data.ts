import { sql } from "drizzle-orm";
import { type Db, rows } from "../../lib/db/db.ts";

const PER_VISIT = 5;
const PAGES = 500;
/** The number of days of the events. */
export const SITE_DAYS = 90;

/**
 * Writes events of the site `shop` from an instant on (ms since 1970) directly into business, with the same result as the
 * pipeline: sending ten million events would take a quarter of an hour.
 */
export async function fillSite(db: Db, events: number, start: number): Promise<void> {
  const step = (SITE_DAYS * 86_400) / (events / PER_VISIT);
  await rows(
    db,
    sql`insert into business.events (customer_id, event_id, received_at, occurred_at, event_type, page_view, page_url, page,
        session_key, visitor_id, referrer, device, browser, os, country, quality_score, quality, event_data)
      select 'shop', 'e' || n, at, at, case when n % 5 = 3 then 'click' else 'page_view' end, n % 5 <> 3,
        'https://shop.example/' || page, 'shop.example/' || page, 's' || visit, 'v' || visit % 400000,
        case visit % 4 when 0 then 'google.com' when 1 then 'site' || visit % 200 || '.example' end,
        case visit % 3 when 0 then 'desktop' else 'mobile' end, 'Chrome', 'Android', 'DE', 1.0, 'VALID', '{}'
      from generate_series(0, ${events - 1}::int) as n
      cross join lateral (select n / ${PER_VISIT}::int as visit, (n * 7919::bigint) % ${PAGES}::int as page) as of
      cross join lateral (select to_timestamp(${start / 1000}::float8 + visit * ${step}::float8 + n % 5 * 40) as at) as time`,
  );
  await rows(
    db,
    sql`insert into business.sessions (customer_id, session_key, started_at, ended_at, first_event_id, visitor_id, events,
        page_views, entry_at, entry_page, exit_at, exit_page, referrer, device, browser, os, country)
      select customer_id, session_key, min(occurred_at), max(occurred_at), min(event_id), min(visitor_id), count(*),
        sum(page_view::int), min(occurred_at), min(page), max(occurred_at), max(page), min(referrer), min(device), 'Chrome',
        'Android', 'DE' from business.events group by customer_id, session_key`,
  );
  const ofEvents = (dimension: string, unit: string, value: string) =>
    sql.raw(`select '${dimension}' as dimension, date_trunc('${unit}', occurred_at, 'UTC') as bucket, ${value} as value,
      count(*) as events, sum(page_view::int) as page_views, 0::bigint as visits, 0::bigint as bounces, 0::bigint as duration,
      0::bigint as visitors from business.events group by 2, 3`);
  const ofVisits = (dimension: string, unit: string, value: string) =>
    sql.raw(`select '${dimension}', date_trunc('${unit}', started_at, 'UTC'), ${value}, 0, 0, count(*), 0,
      sum(extract(epoch from ended_at - started_at) * 1000)::bigint, count(distinct visitor_id) from business.sessions group by 2, 3`);
  const parts = [
    ofEvents("hour", "hour", "''"),
    ofEvents("page", "day", "page"),
    ofEvents("event", "day", "event_type"),
    ofVisits("hour", "hour", "''"),
    ...["entry_page", "exit_page", "coalesce(referrer, '')", "device", "browser", "os", "country"].map((value) =>
      ofVisits(value.replace(/_page|coalesce\(|, ''\)/g, ""), "day", value),
    ),
  ];
  await rows(
    db,
    sql`insert into business.rollups (customer_id, dimension, bucket, value, events, page_views, visits, bounces, duration_ms,
        visitors)
      select 'shop', dimension, bucket, value, sum(events), sum(page_views), sum(visits), sum(bounces), sum(duration),
        sum(visitors) from (${sql.join(parts, sql` union all `)}) as sums group by dimension, bucket, value`,
  );
  await rows(db, sql`vacuum analyze`);
}
