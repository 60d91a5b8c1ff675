import * as z from "zod";
import { isZone } from "../../lib/time/zone.ts";
import { refusal } from "./api-errors.ts";
import { type CalendarEvent, type EventPatch, STATUSES } from "./calendar-source.ts";
import { instantOf } from "./event-times.ts";

const text = z.string().max(8192).nullable();

const time = z.union([
  z.object({ date: z.iso.date(), dateTime: z.null().optional() }).transform(({ date }) => ({ date })),
  z
    .object({ dateTime: z.iso.datetime({ offset: true }), date: z.null().optional(), timeZone: z.string().optional() })
    .refine(({ timeZone }) => timeZone === undefined || isZone(timeZone))
    .transform(({ dateTime, timeZone }) => (timeZone === undefined ? { dateTime } : { dateTime, timeZone })),
]);

/** What of an event can be changed here. */
const patch = z
  .strictObject({
    summary: text,
    description: text,
    colorId: z.string().max(32).nullable(),
    status: z.enum(STATUSES),
    start: time,
    end: time,
  })
  .partial();

/**
 * Reads the body of `events.patch`.
 * @throws GoogleError 400 for what is no change of an event, or would have it end before it starts.
 */
export async function patchIn(request: Request, event: CalendarEvent, zone: string): Promise<EventPatch> {
  const parsed = patch.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) throw refusal("badRequest");
  const change = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const { start, end }: CalendarEvent = { ...event, ...change };
  if ("date" in start !== "date" in end)
    throw refusal("badRequest", "Start and end times must either both be date or both be dateTime.");
  if (instantOf(end, zone) < instantOf(start, zone)) throw refusal("timeRangeEmpty");
  return change;
}
