import type { RequestContext } from "../../lib/analytics/events/validate-event.ts";

/** When the tests of sites send their events. */
export const NOW = new Date("2026-02-02T12:00:00.000Z");

/** What the request of a page says of its visitor. */
export const CONTEXT: RequestContext = {
  userAgent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  visitor: "visitor-of-the-day",
};
