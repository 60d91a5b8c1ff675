import * as z from "zod";
import { MOST_EVENTS } from "./parse-request.ts";

/**
 * What is sent to `POST /api/v1/track`, for whoever reads about it. Nothing is parsed with it: what an event says is judged
 * when it is on record (event.ts), so that a bad one spoils no other.
 */

const shortId = z.string().max(128);

const event = {
  event_type: z.string().max(255).meta({ description: "What happened: `page_view`, `click`, or a word of your own." }),
  page_url: z.string().max(2000).optional(),
  event_id: shortId
    .optional()
    .meta({ description: "By this an event that is sent again is known; one is made up without." }),
  session_id: shortId.optional(),
  visitor_id: shortId.optional(),
  occurred_at: z
    .union([z.string(), z.number()])
    .optional()
    .meta({ description: "An instant; the sender's clock may be wrong." }),
  referrer: z.string().optional(),
  event_data: z.record(z.string(), z.unknown()).optional(),
};

const sender = {
  key: z.string().optional().meta({ description: "The write key, where no header can carry it." }),
  customer_id: z.string().optional(),
  sent_at: z
    .union([z.string(), z.number()])
    .optional()
    .meta({ description: "When it was sent, by the sender's clock." }),
};

export const trackBodySchema = z.union([
  z.looseObject({ ...sender, ...event }),
  z.looseObject({ ...sender, events: z.array(z.looseObject(event)).min(1).max(MOST_EVENTS) }),
]);

export const EXAMPLE_EVENT = {
  event_type: "page_view",
  page_url: "https://www.club.example/prices",
  event_id: "my-first",
};
