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
export const dashboardParameters = z.strictObject({
  limit: whole(1, 100).default(20).meta({ description: "The largest number of items of each list." }),
  from: calendarDate
    .optional()
    .meta({ description: "The first day in the site's zone; 29 days before `to` by default." }),
  to: calendarDate.optional().meta({ description: "The last day in the site's zone, included; today by default." }),
  interval: z
    .enum(INTERVALS, { error: `one of ${INTERVALS.join(", ")}` })
    .optional()
    .meta({
      description: "The interval of the time series; by default the hour for one or two days, otherwise the day.",
    }),
});

/**
 * Reads the dashboard of a site. It reads stored sums, so its cost does not grow with the number of events.
 * @throws AppError `invalid-parameter` for a range that a time series cannot show.
 */
export async function readDashboard(
  db: Db,
  site: Site,
  { limit, ...query }: z.output<typeof dashboardParameters>,
  now: Date,
) {
  const range = resolveRange(query, now, site.timezone);
  const [{ deadLetters, ...progress }, traffic, timeSeries, top, visits, events] = await Promise.all([
    readProgress(db, site),
    querySummary(db, site, range),
    queryTimeSeries(db, site, range),
    queryTopValues(db, site, range, limit),
    readLatestVisits(db, site.customerId, limit),
    readLatestEvents(db, site.customerId, limit),
  ]);
  return {
    range,
    deadLetters,
    progress: { ...progress, latest_event: events[0]?.occurred_at ?? null },
    traffic,
    timeSeries,
    lists: {
      pages: top.page.map(({ value, page_views }) => ({ page: value, page_views })),
      entryPages: top.entry.map((page) => ({ page: page.value, ...visitsOf(page) })),
      exitPages: top.exit.map(({ value, visits }) => ({ page: value, visits })),
      referrers: top.referrer.map((referrer) => ({ referrer: referrer.value || "direct", ...visitsOf(referrer) })),
      sources: top.utm_source.map((source) => ({ source: source.value, ...visitsOf(source) })),
      mediums: top.utm_medium.map((medium) => ({ medium: medium.value, ...visitsOf(medium) })),
      campaigns: top.utm_campaign.map((campaign) => ({ campaign: campaign.value, ...visitsOf(campaign) })),
      devices: top.device.map((device) => ({ device: device.value, ...visitsOf(device) })),
      browsers: top.browser.map((browser) => ({ browser: browser.value || "unknown", ...visitsOf(browser) })),
      systems: top.os.map((os) => ({ os: os.value || "unknown", ...visitsOf(os) })),
      countries: top.country.map((country) => ({ country: country.value || "unknown", ...visitsOf(country) })),
      eventTypes: top.event.map(({ value, events }) => ({ event_type: value, events })),
      bots: top.bot.map(({ value, events }) => ({ bot: value, events })),
    },
    visits,
    events,
  };
}

const visitsOf = ({ visits, bounce_rate, visit_duration_seconds }: TopValue) => {
  return { visits, bounce_rate, visit_duration_seconds };
};

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
    deadLetters: dead,
    completion_rate: total === 0 ? null : Math.round((10_000 * business) / total) / 100,
  };
}
