import * as z from "zod";
import { viewers } from "../../http/access.ts";
import { operation } from "../../http/operation.ts";
import { count, sentDate } from "../../http/responses/fields.ts";
import { siteParams } from "../sites/site-fields.ts";
import { findSite } from "../sites/sites.ts";
import { camelCased } from "./camel-case.ts";
import { dashboardParameters, readDashboard } from "./dashboard.ts";
import {
  eventFields,
  itemFields,
  progressFields,
  timeSeriesFields,
  trafficFields,
  visitFields,
} from "./report-fields.ts";
import { INTERVALS } from "./report-range.ts";

const summary = z
  .object({
    ...camelCased(progressFields),
    deadLetters: count.meta({ description: "Events that cannot be processed." }),
    ...camelCased(trafficFields),
  })
  .meta({ id: "SiteSummary", description: "How far all events have come, and the traffic of people in the range." });

const siteDashboard = z
  .object({
    customerId: z.string(),
    timezone: z.string().meta({ description: "The zone of days and hours." }),
    from: sentDate,
    to: sentDate,
    interval: z.enum(INTERVALS),
    summary,
    timeSeries: z.array(
      z
        .object(camelCased(timeSeriesFields))
        .meta({ id: "SiteInterval", description: "The traffic of one hour or day." }),
    ),
    topPages: z.array(z.object(camelCased(itemFields.page))),
    entryPages: z.array(z.object(camelCased(itemFields.entryPage))),
    exitPages: z.array(z.object(camelCased(itemFields.exitPage))),
    referrers: z.array(z.object(camelCased(itemFields.referrer))),
    utm: z.object({
      sources: z.array(z.object(camelCased(itemFields.source))),
      mediums: z.array(z.object(camelCased(itemFields.medium))),
      campaigns: z.array(z.object(camelCased(itemFields.campaign))),
    }),
    devices: z.array(z.object(camelCased(itemFields.device))),
    browsers: z.array(z.object(camelCased(itemFields.browser))),
    operatingSystems: z.array(z.object(camelCased(itemFields.os))),
    countries: z.array(z.object(camelCased(itemFields.country))),
    eventTypes: z.array(z.object(camelCased(itemFields.eventType))),
    bots: z.array(z.object(camelCased(itemFields.bot))),
    visits: z
      .array(z.object(camelCased(visitFields)).meta({ id: "SiteVisit", description: "One visit, page by page." }))
      .meta({ description: "The latest visits, newest first, of any day." }),
    events: z
      .array(z.object(camelCased(eventFields)).meta({ id: "SiteEvent", description: "One event." }))
      .meta({ description: "The latest events, newest first, of any day." }),
  })
  .meta({ id: "SiteDashboard", description: "The traffic of a site." });

/** The dashboard of any site, for operators. */
export const getSiteDashboard = operation({
  id: "getSiteDashboard",
  method: "GET",
  path: "/api/admin/sites/{id}/dashboard",
  access: viewers,
  summary: "Shows the traffic of a site: totals, a time series, pages, referrers, devices, visits and events.",
  params: siteParams,
  query: dashboardParameters,
  responses: { 200: { description: "The traffic.", schema: siteDashboard }, 404: "The site does not exist." },
  handle: async ({ db, params, query, now }) => {
    const site = await findSite(db, params.id);
    const dashboard = await readDashboard(db, site, query, now);
    const { range, deadLetters, progress, traffic, timeSeries, lists, visits, events } = dashboard;
    return {
      customerId: site.customerId,
      timezone: site.timezone,
      ...range,
      summary: { ...camelCased(progress), deadLetters, ...camelCased(traffic) },
      timeSeries: timeSeries.map(camelCased),
      topPages: lists.pages.map(camelCased),
      entryPages: lists.entryPages.map(camelCased),
      exitPages: lists.exitPages.map(camelCased),
      referrers: lists.referrers.map(camelCased),
      utm: {
        sources: lists.sources.map(camelCased),
        mediums: lists.mediums.map(camelCased),
        campaigns: lists.campaigns.map(camelCased),
      },
      devices: lists.devices.map(camelCased),
      browsers: lists.browsers.map(camelCased),
      operatingSystems: lists.systems.map(camelCased),
      countries: lists.countries.map(camelCased),
      eventTypes: lists.eventTypes.map(camelCased),
      bots: lists.bots.map(camelCased),
      visits: visits.map(camelCased),
      events: events.map(camelCased),
    };
  },
});
