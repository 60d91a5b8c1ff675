import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, instantOf, row, rows } from "../../db/db.ts";
import { calendarDate, whole } from "../../http/fields.ts";
import { countWaiting } from "../pipeline/backlog.ts";
import type { Site } from "../sites/access.ts";
import { latestEvents } from "./latest-events.ts";
import { queryTimeSeries, queryTopValues, summary, type Top } from "./report-queries.ts";
import { INTERVALS, spanOf } from "./report-range.ts";

/** What may be asked of a site's dashboard. */
export const dashboardParameters = {
  limit: whole(1, 100).default(20),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  interval: z.enum(INTERVALS, { error: `one of ${INTERVALS.join(", ")}` }).optional(),
};

type Asked = z.output<z.ZodObject<typeof dashboardParameters>>;

/**
 * What there is to know of a site, from sums that are kept, not from events.
 * @throws AppError `invalid-parameter` for a span that no series can show.
 */
export async function readDashboard(db: Db, site: Site, { limit, ...asked }: Asked, now: Date) {
  const span = spanOf(asked, now, site.timezone);
  const [pipeline, total, series, top, visits, events] = await Promise.all([
    throughPipeline(db, site),
    summary(db, site, span),
    queryTimeSeries(db, site, span),
    queryTopValues(db, site, span, limit),
    latestVisits(db, site, limit),
    latestEvents(db, site.customerId, limit),
  ]);
  return {
    success: true,
    customer_id: site.customerId,
    timezone: site.timezone,
    ...span,
    ...pipeline,
    latest_event: events[0]?.occurred_at ?? null,
    summary: total,
    time_series: series,
    top_pages: top.page.map(({ value, page_views }) => ({ page: value, page_views })),
    entry_pages: top.entry.map(byVisits("page")),
    exit_pages: top.exit.map(({ value, visits }) => ({ page: value, visits })),
    referrers: top.referrer.map(byVisits("referrer", "direct")),
    utm: {
      sources: top.utm_source.map(byVisits("source")),
      mediums: top.utm_medium.map(byVisits("medium")),
      campaigns: top.utm_campaign.map(byVisits("campaign")),
    },
    devices: top.device.map(byVisits("device")),
    browsers: top.browser.map(byVisits("browser", "unknown")),
    operating_systems: top.os.map(byVisits("os", "unknown")),
    countries: top.country.map(byVisits("country", "unknown")),
    event_types: top.event.map(({ value, events }) => ({ event_type: value, events })),
    bots: top.bot.map(({ value, events }) => ({ bot: value, events })),
    visits,
    events,
    timestamp: now.toISOString(),
  };
}

/** @param unknown What it is called where nothing was said. */
const byVisits =
  (name: string, unknown = "") =>
  ({ value, visits, bounce_rate, visit_duration_seconds }: Top) => ({
    [name]: value || unknown,
    visits,
    bounce_rate,
    visit_duration_seconds,
  });

/** How far all events ever accepted have come. */
async function throughPipeline(db: Db, { customerId }: Site) {
  const [{ business, dead }, waiting] = await Promise.all([
    row<{ business: number; dead: number }>(
      db,
      sql`select (select coalesce(sum(events), 0)::float8 from business.rollups
            where customer_id = ${customerId} and dimension in ('hour', 'bot')) as business,
          (select count(*)::int from raw.dead_letters where customer_id = ${customerId}) as dead`,
    ),
    countWaiting(db, customerId),
  ]);
  const total = business + dead + waiting.raw + waiting.staging;
  return {
    total_events: total,
    processed_to_staging: business + waiting.staging,
    processed_to_business: business,
    dead_letters: dead,
    completion_rate: total === 0 ? null : Math.round((10_000 * business) / total) / 100,
  };
}

async function latestVisits(db: Db, { customerId }: Site, limit: number) {
  const found = await rows<{ started_at: string; ended_at: string } & Record<string, unknown>>(
    db,
    sql`select session_key as session_id, started_at, ended_at, extract(epoch from ended_at - started_at)::float8
          as duration_seconds, events, page_views, page_views = 1 and events = 1 as bounce, entry_page, exit_page, referrer,
        utm_source, utm_medium, utm_campaign, device, browser, os, country
      from business.sessions where customer_id = ${customerId}
      order by customer_id, started_at desc, session_key limit ${limit}`,
  );
  return found.map((visit) => ({
    ...visit,
    started_at: instantOf(visit.started_at).toISOString(),
    ended_at: instantOf(visit.ended_at).toISOString(),
  }));
}
