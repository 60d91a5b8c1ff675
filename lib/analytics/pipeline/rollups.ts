import { type SQL, sql } from "drizzle-orm";
import type { Site } from "../sites/access.ts";

/**
 * CTEs that add a batch to the rollups, the sums that the dashboard reads. They read `fresh` and `people` (new events, load.ts),
 * `seen` (visitors.ts), and `merged` and `absorbed` (sessions.ts): changed visits count with plus, their earlier state with
 * minus. A visit belongs to the hour and day in which it began.
 */
export const rollupCtes = ({ customerId, timezone }: Site): SQL => sql`
  changes as (
    select 1 as sign, * from (select ${VISIT_COLUMNS} from merged) as new
    union all
    select -1, * from (select ${VISIT_COLUMNS} from absorbed) as old),
  visits as (
    select *, date_trunc('hour', started_at, ${timezone}) as hour, date_trunc('day', started_at, ${timezone}) as day,
      (page_views = 1 and events = 1)::int as bounce,
      (extract(epoch from ended_at - started_at) * 1000)::bigint as duration from changes),
  sums as (
    select 'hour' as dimension, hour as bucket, '' as value, count(*) as events, sum(page_view::int) as page_views,
      0 as visits, 0 as bounces, 0 as duration_ms, 0 as visitors from people group by hour
    union all
    select 'page', day, page, count(*), count(*), 0, 0, 0, 0 from people where page_view group by day, page
    union all
    select 'event', day, event_type, count(*), 0, 0, 0, 0, 0 from people group by day, event_type
    union all
    select 'bot', day, bot, count(*), sum(page_view::int), 0, 0, 0, 0 from fresh where bot is not null group by day, bot
    union all
    select 'day', bucket, '', 0, 0, 0, 0, 0, count(*) from seen where not known group by bucket
    union all
    select dimension, bucket, value, 0, 0, sum(sign), sum(sign * bounce), sum(sign * duration), 0
    from visits cross join lateral (values ('hour', hour, ''), ('entry', day, entry_page), ('exit', day, exit_page),
      ('referrer', day, coalesce(referrer, '')), ('utm_source', day, utm_source), ('utm_medium', day, utm_medium),
      ('utm_campaign', day, utm_campaign), ('device', day, device), ('browser', day, coalesce(browser, '')),
      ('os', day, coalesce(os, '')), ('country', day, coalesce(country, ''))) as by (dimension, bucket, value)
    where value is not null group by dimension, bucket, value),
  rollups_written as (
    insert into business.rollups as rollup (customer_id, dimension, bucket, value,
      events, page_views, visits, bounces, duration_ms, visitors)
    select ${customerId}, dimension, bucket, value collate "C",
      sum(events), sum(page_views), sum(visits), sum(bounces), sum(duration_ms), sum(visitors)
    from sums group by dimension, bucket, value
    having sum(events) <> 0 or sum(visits) <> 0 or sum(bounces) <> 0 or sum(duration_ms) <> 0 or sum(visitors) <> 0
    on conflict (customer_id, dimension, bucket, value) do update set
      events = rollup.events + excluded.events, page_views = rollup.page_views + excluded.page_views,
      visits = rollup.visits + excluded.visits, bounces = rollup.bounces + excluded.bounces,
      duration_ms = rollup.duration_ms + excluded.duration_ms, visitors = rollup.visitors + excluded.visitors)`;

const VISIT_COLUMNS =
  sql.raw(`started_at, ended_at, events, page_views, entry_page, exit_page, referrer, utm_source, utm_medium,
  utm_campaign, device, browser, os, country`);
