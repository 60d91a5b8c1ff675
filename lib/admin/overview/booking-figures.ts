import { sql } from "drizzle-orm";
import * as z from "zod";
import { OPEN_STATUSES, statusList } from "../../booking/bookings/schema.ts";
import { config } from "../../config/config.ts";
import { at, type Db, json, rows, withInstants } from "../../db/db.ts";
import { count, sentDate, sentInstant } from "../../http/responses/fields.ts";
import { addDays } from "../../time/dates.ts";
import { DAY_MS } from "../../time/durations.ts";
import { localDate, periodOfDate } from "../../time/periods.ts";
import { wallClock } from "../../time/wall-clock.ts";

const upcomingBooking = z
  .object({
    startsAt: sentInstant,
    endsAt: sentInstant,
    serviceName: z.string(),
    providerName: z.string(),
    customerName: z.string().nullable().meta({ description: "Null if several customers share the slot." }),
    bookings: count.meta({ description: "The number of bookings of the slot." }),
    capacity: count.meta({ description: "The places of the slot." }),
    status: z.enum(OPEN_STATUSES).meta({ description: "`pending` if one of them waits for an answer." }),
  })
  .meta({ id: "UpcomingBooking", description: "The open bookings of one slot." });

export const bookingFigures = z
  .object({
    date: sentDate.meta({ description: "Today, in the zone of the overview." }),
    booked: count.meta({ description: "The booked places of today." }),
    places: count.meta({ description: "The offered places of today." }),
    bookedWeekBefore: count.meta({ description: "The booked places of the same weekday a week before." }),
    hours: z
      .array(
        z
          .object({ hour: z.int(), booked: count, places: count })
          .meta({ id: "BookingHour", description: "The places of slots that start in an hour of the provider's day." }),
      )
      .meta({ description: "From the first hour with places to the last." }),
    next: z.array(upcomingBooking).meta({ description: "The next bookings of seven days, at most eight." }),
    providers: count.meta({ description: "Active providers; 0 if nothing can be booked yet." }),
  })
  .meta({ id: "BookingFigures", description: "The bookings of today, and the next ones." });

/** Reads the places of today by hour, those of a week before, and the next bookings. */
export async function readBookingFigures(db: Db, now: Date): Promise<z.input<typeof bookingFigures>> {
  const today = localDate(now, config().timeZone);
  const weekBefore = addDays(today, -7);
  const providers = rows<Provider>(db, sql`select id, timezone from providers where active`);
  const [active, slots, past, next] = await Promise.all([
    providers,
    providers.then((active) => readPlaces(db, active, [today, weekBefore])),
    readPastPlaces(db, weekBefore),
    readNext(db, now),
  ]);
  const own = slots.filter(({ date }) => date === today);
  const sum = (date: string) => slots.reduce((total, slot) => (slot.date === date ? total + slot.booked : total), 0);
  return {
    date: today,
    booked: sum(today),
    places: own.reduce((total, slot) => total + slot.places, 0),
    bookedWeekBefore: sum(weekBefore) + past,
    hours: byHour(own),
    next,
    providers: active.length,
  };
}

interface Provider {
  id: string;
  timezone: string;
}

interface Places {
  date: string;
  timezone: string;
  startsAt: string;
  booked: number;
  places: number;
}

/** Sums the places of existing slots by start. Each provider's day is read from its own part of an index. */
function readPlaces(db: Db, providers: readonly Provider[], dates: readonly string[]): Promise<Places[]> {
  const days = dates.flatMap((date) =>
    providers.map(({ id, timezone }) => ({ id, timezone, date, ...periodOfDate("day", date, timezone) })),
  );
  return rows(
    db,
    sql`select date, timezone, starts_at as "startsAt", sum(booked)::int as booked, sum(capacity)::int as places
      from jsonb_to_recordset(${json(days)}) as day (id text, timezone text, date text, start timestamptz, "end" timestamptz)
        cross join lateral (select starts_at, booked_count as booked, capacity from booking_slots
          where provider_id = day.id and starts_at >= day.start and starts_at < day."end" offset 0) as slot
      group by date, timezone, starts_at`,
  );
}

/** Reads the booked places that expired slots left behind. */
async function readPastPlaces(db: Db, date: string): Promise<number> {
  const [past] = await rows<{ booked: number }>(
    db,
    sql`select coalesce(sum(booked), 0)::int as booked from services
        join slot_days on service_id = services.id and local_date = ${date}::date`,
  );
  return past?.booked ?? 0;
}

function byHour(slots: readonly Places[]) {
  const hours = new Map<number, { booked: number; places: number }>();
  for (const { timezone, startsAt, booked, places } of slots) {
    const hour = Math.floor(wallClock(timezone).wallAt(Date.parse(startsAt)) / 60) % 24;
    const sum = hours.get(hour) ?? { booked: 0, places: 0 };
    hours.set(hour, { booked: sum.booked + booked, places: sum.places + places });
  }
  const known = [...hours.keys()].sort((a, b) => a - b);
  const [first = 0, last = -1] = [known[0], known.at(-1)];
  return Array.from({ length: last - first + 1 }, (_, nth) => ({
    hour: first + nth,
    ...(hours.get(first + nth) ?? { booked: 0, places: 0 }),
  }));
}

const LISTED = 8;
/** More bookings than share one slot are read, so that eight slots are found. */
const MOST_READ = 100;

type Upcoming = Omit<z.output<typeof upcomingBooking>, "startsAt" | "endsAt"> & { startsAt: string; endsAt: string };

/** Reads the next open bookings; those of one slot are one entry. */
async function readNext(db: Db, now: Date) {
  const next = await rows<Upcoming>(
    db,
    sql`select min(starts_at) as "startsAt", min(ends_at) as "endsAt", min(service_name) as "serviceName",
        min(provider_name) as "providerName", case when count(*) = 1 then min(customer_name) end as "customerName",
        count(*)::int as bookings,
        coalesce((select capacity from booking_slots where id = slot_id), count(*))::int as capacity,
        case when bool_or(status = 'pending') then 'pending' else 'confirmed' end as status
      from (select * from bookings where starts_at > ${at(now)} and starts_at < ${at(new Date(now.getTime() + 7 * DAY_MS))}
          and status in ${statusList(OPEN_STATUSES)} order by starts_at, id limit ${MOST_READ}) as booking
      group by slot_id, case when slot_id is null then id end
      order by 1, "providerName", "customerName" limit ${LISTED}`,
  );
  return withInstants(next, "startsAt", "endsAt");
}
