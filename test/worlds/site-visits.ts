import type { RequestContext } from "../../lib/analytics/events/validate-event.ts";
import type { Db } from "../../lib/db/db.ts";
import { processAll, send } from "./site.ts";
import { type Event, pageView } from "./site-events.ts";
import { CONTEXT, NOW } from "./site-request.ts";

/** Visits whose numbers can be added up by hand: a Sunday and a Monday in Berlin. */

export const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
export const GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

/** A visitor with their place and device. */
export interface Person extends Partial<RequestContext> {
  id: string;
}

const ADA: Person = { id: "ada", country: "DE" };
const BOB: Person = { id: "bob", country: "AT", userAgent: PHONE };
const EVE: Person = { id: "eve" };

const SEARCH = { referrer: "https://www.search.example/?q=shoes" };
const CAMPAIGN = "?utm_source=news&utm_medium=mail&utm_campaign=winter";

/** Sends the events of a visit at times of February 2026 (UTC, `DDTHH:mm`): `view /page`, or another type of event. */
export async function sendVisit(
  db: Db,
  { id, ...context }: Person,
  session: string,
  events: [time: string, action: string, more?: Event][],
  now = NOW,
): Promise<void> {
  const list = events.map(([time, action, more], index) => {
    const [type, path = "/"] = action.split(" ");
    const date = time.includes("-") ? time : `2026-02-${time}`;
    return pageView({
      event_id: `${session}-${date}-${index}`,
      event_type: type === "view" ? "page_view" : type,
      page_url: `https://shop.example${path}`,
      visitor_id: id,
      session_id: session,
      occurred_at: `${date}:00Z`,
      ...more,
    });
  });
  await send(db, list, { now, context: { ...CONTEXT, ...context } });
}

/**
 * Sends a weekend of visits. Sunday: Ada comes from a campaign, and again after 31 minutes. Monday: Bob half an hour past
 * midnight (Sunday in UTC), Eve twice, a bot, an event without a type. All are processed, and one more event is pending.
 */
export async function weekend(db: Db): Promise<void> {
  await sendVisit(db, ADA, "a", [
    ["01T09:00", `view /${CAMPAIGN}`, SEARCH],
    ["01T09:05", "view /cart"],
    ["01T09:10", "click /cart"],
    ["01T09:41", "view /"],
  ]);
  await sendVisit(db, BOB, "b", [
    ["01T23:30", "view /cart"],
    ["01T23:40", "view /"],
  ]);
  await sendVisit(db, EVE, "e-1", [["02T10:00", "view /help", SEARCH]]);
  await sendVisit(db, EVE, "e-2", [["02T11:00", "click /help"]]);
  await sendVisit(db, { id: "crawler", userAgent: GOOGLEBOT }, "g", [["02T11:30", "view /"]]);
  await send(db, [pageView({ event_id: "dead", event_type: "" })]);
  await processAll(db);
  await send(db, [pageView({ event_id: "waits" })]);
}
