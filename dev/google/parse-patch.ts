import * as z from "zod";
import { isZone } from "../../lib/time/zone.ts";
import { apiError } from "./api-errors.ts";
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

/** The fields of an event that the stand-in can change. */
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
 * Parses the body of `events.patch`.
 * @throws ApiError 400 for invalid fields, or for an end before the start.
 */
export async function parsePatch(request: Request, event: CalendarEvent, zone: string): Promise<EventPatch> {
  const parsed = patch.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) throw apiError("badRequest");
  const changes = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const { start, end }: CalendarEvent = { ...event, ...changes };
  if ("date" in start !== "date" in end)
    throw apiError("badRequest", "Start and end times must either both be date or both be dateTime.");
  if (instantOf(end, zone) < instantOf(start, zone)) throw apiError("timeRangeEmpty");
  return changes;
}
