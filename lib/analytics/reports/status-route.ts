import { database } from "../../db/client.ts";
import type { Description } from "../../http/openapi/describe.ts";
import type { Endpoint } from "../../http/respond.ts";
import { readBacklog } from "../pipeline/backlog.ts";
import { countDeadLetters } from "../pipeline/dead-letters.ts";
import { authorizeRead } from "../sites/access.ts";
import { customerHeader, siteEndpoint } from "../sites/site-endpoint.ts";
import { readLatestEvents } from "./latest.ts";

const LATEST_EVENTS = 10;

const DESCRIBED: { GET: Description } = {
  GET: {
    summary: "The state of the site's pipeline: pending events, dead letters by reason, and the last ten events.",
    security: ["siteReadKey"],
    headers: customerHeader,
  },
};

/** `GET /api/v1/track/status`: the state of the site's pipeline, and its last events. */
export const statusEndpoint: Endpoint = siteEndpoint(DESCRIBED, {
  GET: async (request, now) => {
    const db = await database();
    const { customerId } = await authorizeRead(db, request, now);
    const [{ raw, staging, oldest }, deadLetters, events] = await Promise.all([
      readBacklog(db, customerId),
      countDeadLetters(db, customerId),
      readLatestEvents(db, customerId, LATEST_EVENTS),
    ]);
    const pipeline = {
      pending: { raw, staging },
      oldest_pending:
        oldest === undefined
          ? null
          : {
              received_at: oldest.toISOString(),
              age_seconds: Math.max(0, Math.round((Number(now) - Number(oldest)) / 1000)),
            },
      dead_letters: deadLetters,
    };
    return Response.json(
      {
        success: true,
        customer_id: customerId,
        status: raw + staging === 0 ? "idle" : "processing",
        pipeline_status: pipeline,
        recent_events: events.map((event) => ({ ...event, raw_event_type: event.event_type })),
        // The same under the names of earlier releases.
        ...pipeline,
        events,
        timestamp: now.toISOString(),
      },
      { headers: { "Cache-Control": "no-store" } },
    );
  },
});
