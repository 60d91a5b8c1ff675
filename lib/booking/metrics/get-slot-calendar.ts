import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, rows } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { whole } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { listOf, wholeList } from "../../http/responses/pages.ts";
import { DAY_MS } from "../../time/durations.ts";
import { type SlotDay, slotDay } from "./metrics-schema.ts";

export const getSlotCalendar = operation({
  id: "getSlotCalendar",
  method: "GET",
  path: "/api/admin/slots/calendar",
  access: viewers,
  summary: "Counts the offered and booked places of each of the days ahead.",
  description: "Slots count to their provider's local date. The first day is today in UTC.",
  query: z.strictObject({ days: whole(1, 92).default(35) }),
  responses: { 200: { description: "Every day, also without slots.", schema: listOf("SlotCalendar", slotDay) } },
  handle: async ({ db, query, now }) => wholeList(await readDays(db, query.days, now)),
});

/** Counts from today (UTC) on. A local date begins at most a day before the same date in UTC, and ends at most a day after. */
function readDays(db: Db, days: number, now: Date): Promise<SlotDay[]> {
  const first = now.toISOString().slice(0, 10);
  const daysAfterFirst = (days: number) => at(new Date(Date.parse(first) + days * DAY_MS));
  return rows(
    db,
    // Grouping by provider first is faster than `count(distinct provider_id)`, which would sort all slots.
    sql`select day::date::text as date, coalesce(slots, 0) as slots, coalesce(capacity, 0) as capacity,
        coalesce(booked, 0) as booked, coalesce(providers, 0) as providers
      from generate_series(${first}::timestamp, (${first}::date + ${days - 1}::int)::timestamp, interval '1 day') as day
        left join (
          select local_date, sum(slots)::int as slots, sum(capacity)::int as capacity, sum(booked)::int as booked,
            count(*)::int as providers
          from (select local_date, provider_id, count(*) as slots, sum(capacity) as capacity, sum(booked_count) as booked
            from booking_slots
            where starts_at >= ${daysAfterFirst(-1)} and starts_at < ${daysAfterFirst(days + 1)}
              and local_date >= ${first}::date and local_date < ${first}::date + ${days}::int
            group by local_date, provider_id) as own
          group by local_date) as offered on local_date = day::date
      order by day`,
  );
}
