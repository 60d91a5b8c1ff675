import * as z from "zod";
import { count, sentInstant } from "../../http/responses/fields.ts";
import { rejectReason } from "../events/reject-reason.ts";

/** What the senders of events get. */

const sentDeadLetter = z
  .object({
    event_id: z.string(),
    reason: rejectReason,
    field: z.string().meta({ description: "The field of the event that is wrong.", examples: ["event_type"] }),
    expected: z.string().meta({ examples: ["a text of 1 to 255 characters"] }),
    got: z.string(),
  })
  .meta({ id: "SentDeadLetter", description: "An event that is stored but cannot be processed, and why." });

const fields = {
  success: z.literal(true),
  message: z.string().meta({ description: "What became of the events, for people.", examples: ["1 recorded"] }),
  event_id: z.string().optional().meta({ description: "The id of the first event." }),
  event_ids: z.array(z.string()).optional().meta({ description: "The ids of all events, if a list was sent." }),
  timestamp: sentInstant.optional().meta({ description: "When the events were received." }),
  processing: z.enum(["automatic", "background"]).optional().meta({
    description: "Whether the events were processed before the answer (`automatic`) or are processed after it.",
  }),
  recorded: count.meta({ description: "How many events were stored by this request." }),
  duplicates: count.optional().meta({ description: "How many events the site had sent before." }),
};

export const trackResult = z.object(fields).meta({
  id: "TrackResult",
  description:
    "What became of the events. If the visitor's browser asks not to be tracked (`DNT`, `Sec-GPC`), nothing is recorded, and there is only the message.",
  examples: [
    {
      success: true,
      message: "1 recorded",
      event_id: "my-first",
      timestamp: "2026-02-02T18:30:00.000Z",
      processing: "automatic",
      recorded: 1,
      duplicates: 0,
    },
  ],
});

export const partialTrackResult = z
  .object({ ...fields, dead_letters: z.array(sentDeadLetter) })
  .meta({ id: "PartialTrackResult", description: "What became of the events, of which some cannot be processed." });
