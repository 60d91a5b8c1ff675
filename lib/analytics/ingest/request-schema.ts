import * as z from "zod";
import { MAX_EVENTS } from "./parse-request.ts";

/**
 * The body of `POST /api/v1/track`, for the OpenAPI document only. Requests are not parsed with it: the content of an event
 * is validated after it is stored (validate-event.ts), so that an invalid event does not affect the others.
 */

const shortId = z.string().max(128);

const event = {
  event_type: z.string().max(255).meta({ description: "What happened: `page_view`, `click`, or a name of your own." }),
  page_url: z.string().max(2000).optional(),
  event_id: shortId.optional().meta({
    description: "Identifies the event: sent again, it counts once. The server creates one if it is missing.",
  }),
  session_id: shortId.optional(),
  visitor_id: shortId.optional(),
  occurred_at: z
    .union([z.string(), z.number()])
    .optional()
    .meta({ description: "An instant by the sender's clock, which may be wrong." }),
  referrer: z.string().optional(),
  event_data: z.record(z.string(), z.unknown()).optional(),
};

const sender = {
  key: z.string().optional().meta({ description: "The write key, if the sender cannot set a header." }),
  customer_id: z.string().optional(),
  sent_at: z
    .union([z.string(), z.number()])
    .optional()
    .meta({ description: "When the request was sent, by the sender's clock." }),
};

export const trackBodySchema = z.union([
  z.looseObject({ ...sender, ...event }),
  z.looseObject({ ...sender, events: z.array(z.looseObject(event)).min(1).max(MAX_EVENTS) }),
]);

export const EXAMPLE_EVENT = {
  event_type: "page_view",
  page_url: "https://www.club.example/prices",
  event_id: "my-first",
};
