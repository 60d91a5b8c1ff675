import * as z from "zod";
import { count, sentDate, sentInstant } from "../../http/responses/fields.ts";
import { rejectReason } from "../events/reject-reason.ts";
import {
  eventFields,
  itemFields,
  progressFields,
  timeSeriesFields,
  trafficFields,
  visitFields,
} from "./report-fields.ts";
import { INTERVALS } from "./report-range.ts";

/** The reports that a site reads with its key, with the field names of the older API. */

const success = z.literal(true);
const list = <S extends z.ZodRawShape>(fields: S) => z.array(z.object(fields));

const event = z.object(eventFields).meta({ id: "TrackingEvent", description: "An event that is counted in reports." });

const pipelineFields = {
  pending: z
    .object({ raw: count, staging: count })
    .meta({ description: "How many events wait for validation (`raw`), and to be counted (`staging`)." }),
  oldest_pending: z
    .object({ received_at: sentInstant, age_seconds: count })
    .nullable()
    .meta({ description: "The oldest event that waits; null if none does." }),
  dead_letters: z
    .array(
      z
        .object({
          reason: rejectReason,
          layer: z.enum(["staging", "business"]).meta({ description: "The layer that the events could not reach." }),
          count,
          field: z.string().meta({ description: "The field of the event that is wrong.", examples: ["event_type"] }),
          expected: z.string().meta({ examples: ["a text of 1 to 255 characters"] }),
          got: z.string(),
          event_id: z.string(),
        })
        .meta({
          id: "DeadLetterGroup",
          description: "Events that cannot be processed for the same reason. The other fields are those of the newest.",
        }),
    )
    .meta({ description: "Events that cannot be processed, by reason." }),
};

export const trackingStatus = z
  .object({
    success,
    customer_id: z.string(),
    status: z.enum(["idle", "processing"]).meta({ description: "`processing` while events wait." }),
    pipeline_status: z
      .object(pipelineFields)
      .meta({ id: "TrackingPipeline", description: "What waits, and what failed." }),
    recent_events: z
      .array(
        z
          .object({ ...eventFields, raw_event_type: z.string() })
          .meta({ id: "TrackingRecentEvent", description: "One of the last events." }),
      )
      .meta({ description: "The last ten counted events, newest first." }),
    ...pipelineFields,
    events: z.array(event).meta({ description: "The same events as `recent_events`, as in earlier releases." }),
    timestamp: sentInstant,
  })
  .meta({ id: "TrackingStatus", description: "The state of a site's pipeline." });

export const trackingDashboard = z
  .object({
    success,
    customer_id: z.string(),
    timezone: z.string().meta({ description: "The zone of days and hours." }),
    from: sentDate,
    to: sentDate,
    interval: z.enum(INTERVALS),
    dead_letters: count.meta({ description: "Events that cannot be processed." }),
    ...progressFields,
    summary: z.object({ ...progressFields, ...trafficFields }).meta({
      id: "TrackingSummary",
      description: "How far all events have come, and the traffic of people in the range.",
    }),
    time_series: z.array(
      z.object(timeSeriesFields).meta({ id: "TrackingInterval", description: "The traffic of one hour or day." }),
    ),
    top_pages: list(itemFields.page),
    entry_pages: list(itemFields.entryPage),
    exit_pages: list(itemFields.exitPage),
    referrers: list(itemFields.referrer),
    utm: z.object({
      sources: list(itemFields.source),
      mediums: list(itemFields.medium),
      campaigns: list(itemFields.campaign),
    }),
    devices: list(itemFields.device),
    browsers: list(itemFields.browser),
    operating_systems: list(itemFields.os),
    countries: list(itemFields.country),
    event_types: list(itemFields.eventType),
    bots: list(itemFields.bot),
    visits: z
      .array(z.object(visitFields).meta({ id: "TrackingVisit", description: "One visit, page by page." }))
      .meta({ description: "The latest visits, newest first, of any day." }),
    events: z.array(event).meta({ description: "The latest events, newest first, of any day." }),
    timestamp: sentInstant,
  })
  .meta({ id: "TrackingDashboard", description: "The traffic of a site. `summary` also holds the totals beside it." });
