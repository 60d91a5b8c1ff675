import { sql } from "drizzle-orm";
import * as z from "zod";
import { at, type Db, rows } from "../../db/db.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { whole } from "../../http/fields.ts";

const DAY_MS = 86_400_000;

/** `GET /api/admin/slots/calendar?days`: what is offered and booked on each day ahead, by the slots' own local dates. */
export const slotCalendarRoute = defineRoute({
  GET: method({
    summary: "What is offered and booked on each of the days ahead.",
    query: z.strictObject({ days: whole(1, 92).default(35) }),
    handle: async ({ db, query, now }) => {
      return { status: "ok", days: await readDays(db, query.days, now) };
    },
  }),
});

/** Places offered and taken, and how many providers offer them. */
interface SlotDay {
  date: string;
  slots: number;
  capacity: number;
  booked: number;
  providers: number;
}

/** From today, UTC, on. A date begins somewhere a day before it does in UTC at the earliest, and ends a day after. */
function readDays(db: Db, days: number, now: Date): Promise<SlotDay[]> {
  const first = now.toISOString().slice(0, 10);
  const shifted = (by: number) => at(new Date(Date.parse(first) + by * DAY_MS));
  return rows(
    db,
    // By provider first: to tell them apart by sorting all slots would take longer than to read these.
    sql`select day::date::text as date, coalesce(slots, 0) as slots, coalesce(capacity, 0) as capacity,
        coalesce(booked, 0) as booked, coalesce(providers, 0) as providers
      from generate_series(${first}::date, ${first}::date + ${days - 1}::int, interval '1 day') as day
        left join (
          select local_date, sum(slots)::int as slots, sum(capacity)::int as capacity, sum(booked)::int as booked,
            count(*)::int as providers
          from (select local_date, provider_id, count(*) as slots, sum(capacity) as capacity, sum(booked_count) as booked
            from booking_slots
            where starts_at >= ${shifted(-1)} and starts_at < ${shifted(days + 1)}
              and local_date >= ${first}::date and local_date < ${first}::date + ${days}::int
            group by local_date, provider_id) as own
          group by local_date) as offered on local_date = day::date
      order by day`,
  );
}
