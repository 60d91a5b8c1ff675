import { type SQL, sql } from "drizzle-orm";
import type { Site } from "../sites/access.ts";

/**
 * CTEs that update visitors and pages with `people`, the new events without those of bots (load.ts). They provide `seen`:
 * the visitors of each day, and whether they were `known` before.
 */
export const visitorCtes = ({ customerId, timezone }: Site): SQL => sql`
  seen as materialized (
    select seen.*, exists (select from business.visitors as visitor where visitor.customer_id = ${customerId}
        and visitor.day = seen.day and visitor.visitor_id = seen.visitor_id offset 0) as known
    from (select day as bucket, (day at time zone ${timezone})::date as day, visitor_id, min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at, count(*)::int as events, sum(page_view::int)::int as page_views
      from people group by people.day, visitor_id) as seen),
  visitors_written as (
    insert into business.visitors as visitor
      (customer_id, day, visitor_id, first_seen_at, last_seen_at, events, page_views)
    select ${customerId}, day, visitor_id, first_seen_at, last_seen_at, events, page_views from seen
    on conflict (customer_id, day, visitor_id) do update set
      first_seen_at = least(visitor.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(visitor.last_seen_at, excluded.last_seen_at),
      events = visitor.events + excluded.events, page_views = visitor.page_views + excluded.page_views),
  pages_written as (
    insert into business.pages as known (customer_id, page, first_seen_at, last_seen_at, views)
    select ${customerId}, page, min(occurred_at), max(occurred_at), count(*) from people where page_view group by page
    on conflict (customer_id, page) do update set
      first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at), views = known.views + excluded.views)`;
