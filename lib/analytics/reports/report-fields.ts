import * as z from "zod";
import { count, sentInstant, sentJsonObject } from "../../http/responses/fields.ts";
import { QUALITIES } from "../events/quality.ts";

/** The fields of reports about a site. The older API sends them so; that of operators sends them in camelCase. */

const percent = z.number().nullable();
const text = z.string();

const bounceRate = percent.meta({
  description: "Visits with one page view and nothing else, in percent; null without visits.",
});
const visitDuration = z
  .number()
  .nullable()
  .meta({ description: "The average duration of a visit in seconds; null without visits.", examples: [95.5] });

/** How far the events of a site have come. */
export const progressFields = {
  total_events: count.meta({
    examples: [4200],
    description: "All accepted events, wherever they are in the pipeline.",
  }),
  processed_to_staging: count.meta({ examples: [4198], description: "Events that were valid." }),
  processed_to_business: count.meta({ examples: [4190], description: "Events that are counted in reports." }),
  completion_rate: percent.meta({
    examples: [99.76],
    description: "Counted events in percent of all; null without events.",
  }),
  latest_event: sentInstant.nullable().meta({ description: "When the newest counted event occurred." }),
};

const intervalFields = {
  visits: count,
  page_views: count,
  events: count.meta({ examples: [430] }),
  bounce_rate: bounceRate,
  visit_duration_seconds: visitDuration,
  pages_per_visit: z
    .number()
    .nullable()
    .meta({ description: "Page views per visit; null without visits.", examples: [2.73] }),
};

/** The traffic of people in a range. */
export const trafficFields = {
  visitors: count.meta({ description: "A visitor counts once per day." }),
  ...intervalFields,
  bot_events: count.meta({ description: "Events of bots, which are not part of the other numbers." }),
};

/** The traffic of an interval of a time series. */
export const timeSeriesFields = {
  start: sentInstant.meta({ description: "The start of the interval in the site's zone." }),
  visitors: count.optional().meta({ description: "Missing by the hour: visitors count per day." }),
  ...intervalFields,
};

const visitsFields = { visits: count, bounce_rate: bounceRate, visit_duration_seconds: visitDuration };

/** The fields of the items of each list of a dashboard. */
export const itemFields = {
  page: { page: text.meta({ description: "Host and path." }), page_views: count },
  entryPage: { page: text, ...visitsFields },
  exitPage: { page: text, visits: count },
  referrer: { referrer: text.meta({ description: "The host of the other site, or `direct`." }), ...visitsFields },
  source: { source: text, ...visitsFields },
  medium: { medium: text, ...visitsFields },
  campaign: { campaign: text, ...visitsFields },
  device: {
    device: text.meta({ description: "Such as `desktop`, `mobile`, `tablet`; or `unknown`." }),
    ...visitsFields,
  },
  browser: { browser: text, ...visitsFields },
  os: { os: text, ...visitsFields },
  country: { country: text.meta({ description: "ISO 3166-1 alpha-2, or `unknown`." }), ...visitsFields },
  eventType: { event_type: text, events: count },
  bot: { bot: text.meta({ examples: ["Googlebot"] }), events: count },
};

/** A visit. */
export const visitFields = {
  session_id: text,
  started_at: sentInstant,
  ended_at: sentInstant,
  duration_seconds: z.number().meta({ examples: [95.5] }),
  events: count,
  page_views: count,
  bounce: z.boolean().meta({ description: "Whether the visit had one page view and nothing else." }),
  entry_page: text.nullable(),
  exit_page: text.nullable(),
  referrer: text.nullable(),
  utm_source: text.nullable(),
  utm_medium: text.nullable(),
  utm_campaign: text.nullable(),
  device: text,
  browser: text.nullable(),
  os: text.nullable(),
  country: text.nullable(),
};

/** A counted event. */
export const eventFields = {
  event_id: text,
  event_type: text,
  page_url: text.nullable().meta({ description: "Without query and fragment." }),
  session_id: text,
  visitor_id: text,
  occurred_at: sentInstant.meta({ description: "By the sender's clock, corrected by the server's." }),
  referrer: text.nullable().meta({ description: "The host of the other site that led here." }),
  device: text,
  browser: text.nullable(),
  os: text.nullable(),
  country: text.nullable(),
  bot: text.nullable().meta({ description: "The name of the bot; null for people." }),
  quality: z.enum(QUALITIES).meta({ id: "EventQuality", description: "How complete and plausible an event is." }),
  quality_score: z.number().min(0).max(1).meta({ description: "How complete the event is, from 0 to 1." }),
  event_data: sentJsonObject,
};
