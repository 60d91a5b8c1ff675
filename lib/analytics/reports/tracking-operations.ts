import { operation } from "../../http/operation.ts";
import { readBacklog } from "../pipeline/backlog.ts";
import { countDeadLetters } from "../pipeline/dead-letters.ts";
import { customerHeader } from "../sites/site-pages.ts";
import { siteReader } from "../sites/site-reader.ts";
import { dashboardParameters, readDashboard } from "./dashboard.ts";
import { readLatestEvents } from "./latest.ts";
import { trackingDashboard, trackingStatus } from "./tracking-schemas.ts";

const LATEST_EVENTS = 10;

/** The state of the site's pipeline, and its last events. */
const getTrackingStatus = operation({
  id: "getTrackingStatus",
  method: "GET",
  path: "/api/v1/track/status",
  access: siteReader,
  summary: "Shows the state of the site's pipeline: pending events, dead letters by reason, and the last ten events.",
  headers: customerHeader,
  readsQuery: true,
  responses: { 200: { description: "The state.", schema: trackingStatus } },
  handle: async ({ db, caller: { customerId }, now }) => {
    const [{ raw, staging, oldest }, deadLetters, events] = await Promise.all([
      readBacklog(db, customerId),
      countDeadLetters(db, customerId),
      readLatestEvents(db, customerId, LATEST_EVENTS),
    ]);
    const ageSeconds = Math.max(0, Math.round((Number(now) - Number(oldest)) / 1000));
    const pipeline = {
      pending: { raw, staging },
      oldest_pending: oldest === undefined ? null : { received_at: oldest, age_seconds: ageSeconds },
      dead_letters: deadLetters,
    };
    return {
      success: true as const,
      customer_id: customerId,
      status: raw + staging === 0 ? ("idle" as const) : ("processing" as const),
      pipeline_status: pipeline,
      recent_events: events.map((event) => ({ ...event, raw_event_type: event.event_type })),
      // The same under the names of earlier releases.
      ...pipeline,
      events,
      timestamp: now,
    };
  },
});

/** The dashboard of the key's site. */
const getTrackingDashboard = operation({
  id: "getTrackingDashboard",
  method: "GET",
  path: "/api/v1/track/dashboard",
  access: siteReader,
  summary: "Shows the traffic of the key's site: totals, a time series, pages, referrers, devices, visits and events.",
  headers: customerHeader,
  query: dashboardParameters,
  responses: { 200: { description: "The traffic.", schema: trackingDashboard } },
  handle: async ({ db, caller: site, query, now }) => {
    const dashboard = await readDashboard(db, site, query, now);
    const { range, deadLetters, progress, traffic, timeSeries, lists, visits, events } = dashboard;
    return {
      success: true as const,
      customer_id: site.customerId,
      timezone: site.timezone,
      ...range,
      dead_letters: deadLetters,
      ...progress, // as in earlier releases
      summary: { ...progress, ...traffic },
      time_series: timeSeries,
      top_pages: lists.pages,
      entry_pages: lists.entryPages,
      exit_pages: lists.exitPages,
      referrers: lists.referrers,
      utm: { sources: lists.sources, mediums: lists.mediums, campaigns: lists.campaigns },
      devices: lists.devices,
      browsers: lists.browsers,
      operating_systems: lists.systems,
      countries: lists.countries,
      event_types: lists.eventTypes,
      bots: lists.bots,
      visits,
      events,
      timestamp: now,
    };
  },
});

/** What a site reads with its key. */
export const operations = [getTrackingStatus, getTrackingDashboard];
