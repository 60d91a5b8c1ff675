import { sql } from "drizzle-orm";
import { at, type Db, instantOf, rows } from "../../db/db.ts";
import { wallClock } from "../../time/wall-clock.ts";
import { type Exception, unavailableIn } from "../availability/working-hours.ts";
import { OPEN_STATUSES, statusList } from "../bookings/schema.ts";

/** Open bookings of one provider that fall on one closed date, or into one blocked span. */
export interface Conflict {
  providerId: string;
  providerName: string;
  /** The date of the exception, in the provider's zone. */
  date: string;
  kind: "closed" | "blocked";
  /** Why the provider is away, if it was stated. */
  reason: string | null;
  bookings: number;
  /** When the first of them starts. */
  firstStart: Date;
}

/** A club has far fewer conflicts. */
const MOST_READ = 5_000;

/** Finds the upcoming bookings that can no longer take place as booked, by provider and exception, the soonest first. */
export async function findConflicts(db: Db, now: Date): Promise<Conflict[]> {
  const candidates = await rows<Candidate>(
    db,
    // Dates in UTC and in the provider's zone differ by one day at most; the exact comparison follows below.
    sql`select booking.id, provider.id as "providerId", provider.name as "providerName", provider.timezone,
        booking.starts_at as "startsAt", booking.ends_at as "endsAt", exception.id::float8 as "exceptionId",
        exception.date::text as date, kind, reason, start_minute as start, end_minute as "end"
      from availability_exceptions as exception
        join providers as provider on provider.id = exception.provider_id
        join bookings as booking on booking.provider_id = exception.provider_id
          and booking.status in ${statusList(OPEN_STATUSES)} and booking.starts_at > ${at(now)}
          and booking.starts_at >= (exception.date - 1)::timestamp at time zone 'UTC'
          and booking.starts_at < (exception.date + 3)::timestamp at time zone 'UTC'
      where kind in ('closed', 'blocked') and exception.date >= ${at(now)}::date - 2
      order by booking.starts_at, booking.id limit ${MOST_READ}`,
  );
  const inConflict = candidates.filter(isUnavailable);
  return [...Map.groupBy(inConflict, ({ exceptionId }) => exceptionId).values()].map((own) => {
    const [{ providerId, providerName, date, kind, reason, startsAt }] = own as [Candidate];
    return { providerId, providerName, date, kind, reason, bookings: own.length, firstStart: instantOf(startsAt) };
  });
}

type Candidate = Omit<Conflict, "bookings" | "firstStart"> &
  Exclude<Exception, { kind: "hours" }> & {
    timezone: string;
    startsAt: string;
    endsAt: string;
    exceptionId: number;
  };

function isUnavailable({ timezone, startsAt, endsAt, ...exception }: Candidate): boolean {
  const clock = wallClock(timezone);
  const [from, to] = [startsAt, endsAt].map((instant) => clock.wallAt(Number(instantOf(instant)))) as [number, number];
  return unavailableIn(exception).some((range) => from < range.to && range.from < to);
}
