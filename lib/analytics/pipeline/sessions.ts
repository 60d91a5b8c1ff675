import { type SQL, sql } from "drizzle-orm";
import type { Site } from "../sites/access.ts";

/** A visit ends after a longer gap than this (docs/domain.md, section 8). */
const idle = sql.raw("interval '30 minutes'");

/** The columns that a visit takes from its first event. */
const OF_FIRST = "visitor_id referrer utm_source utm_medium utm_campaign device browser os country".split(" ");
const FIRST = sql.raw(OF_FIRST.join(", "));
const firstOf = sql.raw(OF_FIRST.map((column) => `max(${column}) filter (where begins) as ${column}`).join(", "));

/**
 * CTEs that update the visits with `people`, the new events without those of bots (load.ts). Stored visits and new events
 * are blocks of time; blocks with no more than the idle time between them become one visit, in any order of
 * arrival. The result is the same as if all visits were computed from all events (sessions.property.test.ts), because a
 * stored visit contains no longer gap.
 *
 * They provide `merged`, the changed visits, and `absorbed`, the stored visits that became part of them. The site is locked
 * (load.ts), so no other transaction changes its visits meanwhile.
 */
export const sessionCtes = ({ customerId }: Site): SQL => sql`
  touched as materialized (
    select session_key, min(occurred_at) as first, max(occurred_at) as last from people group by session_key),
  known as (
    select known.* from touched cross join lateral (
      select ctid as place, * from business.sessions as session
      where session.customer_id = ${customerId} and session.session_key = touched.session_key
        and started_at <= touched.last + ${idle} and ended_at >= touched.first - ${idle} offset 0) as known),
  blocks as (
    select place, session_key, started_at, ended_at, first_event_id, events, page_views,
      entry_at, entry_page, exit_at, exit_page, ${FIRST} from known
    union all
    select null, session_key, occurred_at, occurred_at, event_id, 1, page_view::int,
      viewed_at, viewed, viewed_at, viewed, ${FIRST} from people),
  parted as (
    select *, started_at > coalesce(max(ended_at) over (partition by session_key order by started_at, first_event_id
        rows between unbounded preceding and 1 preceding) + ${idle}, '-infinity') as begins from blocks),
  numbered as (
    select *, count(*) filter (where begins) over (partition by session_key order by started_at, first_event_id
      rows unbounded preceding) as nth from parted),
  merged as materialized (
    select session_key, nth, min(started_at) as started_at, max(ended_at) as ended_at,
      max(first_event_id) filter (where begins) as first_event_id,
      sum(events)::int as events, sum(page_views)::int as page_views,
      min(entry_at) as entry_at, (array_agg(entry_page order by entry_at, entry_page))[1] as entry_page,
      max(exit_at) as exit_at, (array_agg(exit_page order by exit_at desc nulls last, exit_page desc))[1] as exit_page,
      ${firstOf}
    from numbered group by session_key, nth having bool_or(place is null)),
  absorbed as materialized (
    select numbered.* from numbered join merged using (session_key, nth) where place is not null),
  sessions_written as (
    insert into business.sessions as session (customer_id, session_key, started_at, ended_at, first_event_id, events,
      page_views, entry_at, entry_page, exit_at, exit_page, ${FIRST})
    select ${customerId}, session_key, started_at, ended_at, first_event_id, events, page_views,
      entry_at, entry_page, exit_at, exit_page, ${FIRST} from merged
    on conflict (customer_id, session_key, started_at) do update set
      ended_at = excluded.ended_at, first_event_id = excluded.first_event_id, events = excluded.events,
      page_views = excluded.page_views, entry_at = excluded.entry_at, entry_page = excluded.entry_page,
      exit_at = excluded.exit_at, exit_page = excluded.exit_page,
      ${sql.raw(OF_FIRST.map((column) => `${column} = excluded.${column}`).join(", "))}),
  sessions_gone as (
    delete from business.sessions where ctid = any (array(
      select place from absorbed left join merged using (session_key, started_at) where merged.nth is null)))`;
