import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, row } from "../../db/db.ts";
import { calendarDate, whole } from "../../http/fields.ts";
import { readBacklog } from "../pipeline/backlog.ts";
import type { Site } from "../sites/access.ts";
import { readLatestEvents, readLatestVisits } from "./latest.ts";
import { querySummary, queryTimeSeries, queryTopValues, type TopValue } from "./report-queries.ts";
import { INTERVALS, resolveRange } from "./report-range.ts";

/** The query parameters of a site's dashboard. */
export const dashboardParameters = {
  limit: whole(1, 100).default(20),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  interval: z.enum(INTERVALS, { error: `one of ${INTERVALS.join(", ")}` }).optional(),
};

type DashboardQuery = z.output<z.ZodObject<typeof dashboardParameters>>;

/**
 * Reads the dashboard of a site. It reads stored sums, so its cost does not grow with the number of events.
 * @throws AppError `invalid-parameter` for a range that a time series cannot show.
 */
export async function readDashboard(db: Db, site: Site, { limit, ...query }: DashboardQuery, now: Date) {
  const range = resolveRange(query, now, site.timezone);
  const [progress, summary, timeSeries, top, visits, events] = await Promise.all([
    readProgress(db, site),
    querySummary(db, site, range),
    queryTimeSeries(db, site, range),
    queryTopValues(db, site, range, limit),
    readLatestVisits(db, site.customerId, limit),
    readLatestEvents(db, site.customerId, limit),
  ]);
  const { dead_letters, ...counts } = progress;
  const pipeline = { ...counts, latest_event: events[0]?.occurred_at ?? null };
  return {
    success: true,
    customer_id: site.customerId,
    timezone: site.timezone,
    ...range,
    dead_letters,
    ...pipeline, // as in earlier releases
    summary: { ...pipeline, ...summary },
    time_series: timeSeries,
    top_pages: top.page.map(({ value, page_views }) => ({ page: value, page_views })),
    entry_pages: top.entry.map(asVisits("page")),
    exit_pages: top.exit.map(({ value, visits }) => ({ page: value, visits })),
    referrers: top.referrer.map(asVisits("referrer", "direct")),
    utm: {
      sources: top.utm_source.map(asVisits("source")),
      mediums: top.utm_medium.map(asVisits("medium")),
      campaigns: top.utm_campaign.map(asVisits("campaign")),
    },
    devices: top.device.map(asVisits("device")),
    browsers: top.browser.map(asVisits("browser", "unknown")),
    operating_systems: top.os.map(asVisits("os", "unknown")),
    countries: top.country.map(asVisits("country", "unknown")),
    event_types: top.event.map(({ value, events }) => ({ event_type: value, events })),
    bots: top.bot.map(({ value, events }) => ({ bot: value, events })),
    visits,
    events,
    timestamp: now.toISOString(),
  };
}

/** @param emptyName The name of the empty value. */
const asVisits =
  (name: string, emptyName = "") =>
  ({ value, visits, bounce_rate, visit_duration_seconds }: TopValue) => ({
    [name]: value || emptyName,
    visits,
    bounce_rate,
    visit_duration_seconds,
  });

/** Counts how many of all accepted events have reached each layer. */
async function readProgress(db: Db, { customerId }: Site) {
  const [{ business, dead }, backlog] = await Promise.all([
    row<{ business: number; dead: number }>(
      db,
      sql`select (select coalesce(sum(events), 0)::float8 from business.rollups
            where customer_id = ${customerId} and dimension in ('hour', 'bot')) as business,
          (select count(*)::int from raw.dead_letters where customer_id = ${customerId}) as dead`,
    ),
    readBacklog(db, customerId),
  ]);
  const total = business + dead + backlog.raw + backlog.staging;
  return {
    total_events: total,
    processed_to_staging: business + backlog.staging,
    processed_to_business: business,
    dead_letters: dead,
    completion_rate: total === 0 ? null : Math.round((10_000 * business) / total) / 100,
  };
}
