import { sql } from "drizzle-orm";
import { at, type Db, row, rows } from "../../db/db.ts";
import { isFullRun } from "../../jobs/ledger.ts";
import { DAY_MS } from "../../time/durations.ts";
import { bookableSlots } from "../free-slots/bookable-slots.ts";
import type { BookingRate, ProviderMetrics, SlotMetrics } from "./metrics-schema.ts";
import { slotWarnings } from "./warnings.ts";

/** How many past days the past booking rate covers. */
const PAST_DAYS = 30;

/** Computes the metrics of all providers, or of one. @param days The length of the window ahead. */
export async function slotMetrics(
  db: Db,
  days: number,
  providerId: string | undefined,
  now: Date,
): Promise<SlotMetrics> {
  const until = new Date(now.getTime() + days * DAY_MS);
  const [services, past, capped] = await Promise.all([
    readServices(db, providerId, now, until),
    readPast(db, providerId, now),
    readCapped(db),
  ]);
  const sum = (metric: (service: ServiceMetrics) => number) =>
    services.reduce((total, service) => total + metric(service), 0);
  const covered = sum(({ bookable }) => (bookable > 0 ? 1 : 0));
  const bookable = sum((service) => service.bookable);
  const metrics = {
    coverage: {
      activeServices: services.length,
      coveredServices: covered,
      percent: percentOf(covered, services.length),
    },
    density: {
      bookableSlots: bookable,
      days,
      perDay: services.length === 0 ? null : Math.round((100 * bookable) / days) / 100,
    },
    bookingRate: {
      past: rateOf(past),
      ahead: rateOf({ booked: sum((s) => s.booked), offered: sum((s) => s.offered) }),
    },
  };
  return {
    window: { from: now, to: until, days },
    ...metrics,
    uncovered: services
      .filter((service) => service.bookable === 0)
      .map(({ serviceId }) => serviceId)
      .slice(0, MAX_UNCOVERED),
    warnings: slotWarnings(metrics.coverage.percent, metrics.density.perDay, capped),
    providers: byProvider(services),
  };
}

const MAX_UNCOVERED = 50;

interface ServiceMetrics {
  serviceId: string;
  providerId: string;
  name: string;
  timezone: string;
  bookable: number;
  booked: number;
  offered: number;
}

/** Reads the active services of active providers with their slots in the window ahead. */
function readServices(db: Db, providerId: string | undefined, now: Date, until: Date): Promise<ServiceMetrics[]> {
  const ofProvider = providerId === undefined ? sql`true` : sql`provider_id = ${providerId}`;
  return rows(
    db,
    sql`select service.id as "serviceId", provider.id as "providerId", provider.name, provider.timezone,
        coalesce(bookable, 0) as bookable, coalesce(booked, 0) as booked, coalesce(offered, 0) as offered
      from services as service
        join providers as provider on provider.id = service.provider_id and provider.active
        left join (select service_id, sum(capacity)::int as offered, sum(booked_count)::int as booked from booking_slots
          where ${ofProvider} and starts_at > ${at(now)} and starts_at < ${at(until)} group by service_id) as ahead
          on ahead.service_id = service.id
        left join (select service_id, count(*)::int as bookable
          from (${bookableSlots(providerId, { start: now, end: until }, now)}) as slot group by service_id) as free
          on free.service_id = service.id
      where service.active and ${providerId === undefined ? sql`true` : sql`service.provider_id = ${providerId}`}
      order by provider.id, service.id`,
  );
}

/** Sums past days: slots that still exist, and the totals that expired slots left in `slot_days`. */
function readPast(db: Db, providerId: string | undefined, now: Date): Promise<{ booked: number; offered: number }> {
  const ofProvider = (column: ReturnType<typeof sql>) =>
    providerId === undefined ? sql`true` : sql`${column} = ${providerId}`;
  const first = sql`${new Date(now.getTime() - PAST_DAYS * DAY_MS).toISOString().slice(0, 10)}::date`;
  return row(
    db,
    sql`select coalesce(sum(booked), 0)::int as booked, coalesce(sum(offered), 0)::int as offered from (
        select booked, offered from slot_days join services as service on service.id = service_id
          where local_date >= ${first} and ${ofProvider(sql`service.provider_id`)}
        union all
        select booked_count, capacity from booking_slots
          where local_date >= ${first} and starts_at <= ${at(now)}
            and starts_at > ${at(new Date(now.getTime() - (PAST_DAYS + 2) * DAY_MS))} and ${ofProvider(sql`provider_id`)}
      ) as past`,
  );
}

/** Reads how many slots the last maintenance of all services left out. */
async function readCapped(db: Db): Promise<number> {
  const [last] = await rows<{ capped: number | null }>(
    db,
    sql`select (metadata->>'capped')::int as capped from job_runs
      where job_name = 'slot-maintenance' and status = 'completed' and ${isFullRun("job_runs")}
      order by scheduled_for desc limit 1`,
  );
  return last?.capped ?? 0;
}

const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((10_000 * part) / whole) / 100;

const rateOf = ({ booked, offered }: { booked: number; offered: number }): BookingRate => ({
  booked,
  offered,
  percent: percentOf(booked, offered),
});

function byProvider(services: readonly ServiceMetrics[]): ProviderMetrics[] {
  return [...Map.groupBy(services, ({ providerId }) => providerId)].map(([providerId, own]) => {
    const sum = (metric: (service: ServiceMetrics) => number) =>
      own.reduce((total, service) => total + metric(service), 0);
    const { name = "", timezone = "" } = own[0] ?? {};
    return {
      providerId,
      name,
      timezone,
      activeServices: own.length,
      coveredServices: sum(({ bookable }) => (bookable > 0 ? 1 : 0)),
      bookableSlots: sum(({ bookable }) => bookable),
      booked: sum(({ booked }) => booked),
      offered: sum(({ offered }) => offered),
    };
  });
}
