import * as z from "zod";
import { jsonValue, sentJsonObject } from "../../http/responses/fields.ts";
import { MAX_EVENTS } from "./parse-request.ts";

/**
 * The body of `POST /api/v1/track`, for the OpenAPI document only. Requests are not parsed with it: the content of an event
 * is validated after it is stored (validate-event.ts), so that an invalid event does not affect the others.
 */

const shortId = z.string().max(128);
const senderInstant = z.union([z.string(), z.number()]);

const event = {
  event_type: z.string().max(255).meta({ description: "What happened: `page_view`, `click`, or a name of your own." }),
  page_url: z.string().max(2000).optional(),
  event_id: shortId.optional().meta({
    description: "Identifies the event: sent again, it counts once. The server creates one if it is missing.",
  }),
  session_id: shortId.optional(),
  visitor_id: shortId.optional(),
  occurred_at: senderInstant.optional().meta({
    description: "An instant by the sender's clock, which may be wrong: ISO text, or milliseconds since 1970.",
  }),
  referrer: z.string().optional(),
  event_data: sentJsonObject.optional(),
};

const sender = {
  key: z.string().optional().meta({ description: "The write key, if the sender cannot set a header." }),
  customer_id: z.string().optional(),
  sent_at: senderInstant.optional().meta({ description: "When the request was sent, by the sender's clock." }),
};

export const EXAMPLE_EVENT = {
  event_type: "page_view",
  page_url: "https://www.club.example/prices",
  event_id: "my-first",
};

const trackedEvent = z
  .object(event)
  .catchall(jsonValue)
  .meta({
    id: "TrackedEvent",
    description: "An event of a site. Further fields are stored.",
    examples: [EXAMPLE_EVENT],
  });

const oneEvent = z
  .object({ ...sender, ...event })
  .catchall(jsonValue)
  .meta({ id: "TrackOneRequest", description: "One event." });

const listOfEvents = z
  .object({ ...sender, events: z.array(trackedEvent).min(1).max(MAX_EVENTS) })
  .catchall(jsonValue)
  .meta({ id: "TrackListRequest", description: `A list of 1 to ${MAX_EVENTS} events.` });

export const trackRequest = z
  .union([oneEvent, listOfEvents])
  .meta({ id: "TrackRequest", description: `One event, or a list of up to ${MAX_EVENTS}.` });
