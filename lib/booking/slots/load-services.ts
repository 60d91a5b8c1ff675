import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../../db/db.ts";
import { fieldError } from "../../errors.ts";
import { DAY_MS } from "../../time/durations.ts";
import { wallClock } from "../../time/wall-clock.ts";
import type { SlotSettings } from "../availability/generate-slots.ts";
import type { Exception, Schedule, WeeklyHours } from "../availability/working-hours.ts";

/** A service with everything that determines its slots. */
export interface Service extends SlotSettings {
  id: string;
  providerId: string;
  /** Whether both the service and its provider are active. */
  active: boolean;
  /** One object for all services of a provider that are loaded together. */
  schedule: Schedule;
}

/** The services of a run: undefined means all providers, or all services. */
export interface Scope {
  providerIds: readonly string[] | undefined;
  serviceIds: readonly string[] | undefined;
}

/** A position in the list of services, which is sorted by provider and id. */
export interface Cursor {
  providerId: string;
  serviceId: string;
}

export const FIRST_CURSOR: Cursor = { providerId: "", serviceId: "" };

/** Loads the next services of a scope after a cursor, at most `limit`. */
export function loadServices(db: Db, scope: Scope, after: Cursor, limit: number, now: Date): Promise<Service[]> {
  const next = sql`(service.provider_id, service.id) > (${after.providerId} collate "C", ${after.serviceId} collate "C")`;
  return load(db, sql`${inScope(scope)} and ${next}`, sql`limit ${limit}`, now);
}

/** Loads services and prevents their deletion until the transaction ends. Services that no longer exist are missing. */
export function loadAndLockServices(tx: Db, serviceIds: readonly string[], now: Date): Promise<Service[]> {
  return load(tx, sql`service.id in ${ids(serviceIds)}`, sql`for key share of service`, now);
}

/** Counts the services of a scope. */
export async function countServices(db: Db, scope: Scope): Promise<number> {
  const [result] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from services as service where ${inScope(scope)}`,
  );
  return result?.count ?? 0;
}

/** @throws AppError `invalid-parameter` that names the first unknown id of a scope. */
export async function requireKnownIds(db: Db, { providerIds = [], serviceIds = [] }: Scope): Promise<void> {
  const [unknown] = await rows<{ field: string; id: string }>(
    db,
    sql`select 'providerId' as field, id from ${idTable(providerIds)} where id not in (select id from providers)
      union all select 'serviceId', id from ${idTable(serviceIds)} where id not in (select id from services) limit 1`,
  );
  if (unknown === undefined) return;
  const { field, id } = unknown;
  const expected = `the id of a ${field === "providerId" ? "provider" : "service"}`;
  throw fieldError("invalid-parameter", { field, expected, got: JSON.stringify(id) });
}

function inScope({ providerIds, serviceIds }: Scope): SQL {
  const ofProviders = providerIds === undefined ? sql`true` : sql`service.provider_id in ${ids(providerIds)}`;
  return serviceIds === undefined ? ofProviders : sql`${ofProviders} and service.id in ${ids(serviceIds)}`;
}

const ids = (list: readonly string[]): SQL => sql`(select id from ${idTable(list)})`;

const idTable = (list: readonly string[]): SQL =>
  sql`(select text collate "C" as id from jsonb_array_elements_text(${json(list)}) as text) as requested`;

type ServiceRow = Omit<Service, "schedule"> & { timezone: string; week: WeeklyHours[]; exceptions: Exception[] };

async function load(db: Db, condition: SQL, limitOrLock: SQL, now: Date): Promise<Service[]> {
  const services = await rows<ServiceRow>(
    db,
    sql`with service as materialized (
        select * from services as service where ${condition} order by provider_id, id ${limitOrLock}),
      provider as materialized (
        select id, timezone, active,
          (select coalesce(json_agg(json_build_object('weekday', weekday, 'start', start_minute, 'end', end_minute,
              'breakHours', case when break_start_minute is not null
                then json_build_object('start', break_start_minute, 'end', break_end_minute) end)
              order by weekday, start_minute), '[]')
            from provider_availability where provider_id = provider.id) as week,
          (select coalesce(json_agg(json_build_object('date', date, 'kind', kind, 'start', start_minute,
              'end', end_minute) order by date, start_minute), '[]')
            from availability_exceptions
            where provider_id = provider.id and date >= ${at(aWeekBefore(now))}::date) as exceptions
        from providers as provider where id in (select provider_id from service))
      select service.id, provider_id as "providerId", service.active and provider.active as active,
        duration_minutes as "durationMinutes", buffer_before as "bufferBefore", buffer_after as "bufferAfter",
        (price * 100)::float8 as "priceCents", timezone, week, exceptions,
        (select coalesce(json_agg(json_build_object('weekday', weekday, 'start', start_minute, 'end', end_minute,
            'capacity', capacity, 'multiplier', price_multiplier) order by weekday, start_minute), '[]')
          from service_time_slots where service_id = service.id) as "timeSlots"
      from service join provider on provider.id = provider_id
      order by provider_id, service.id`,
  );
  const schedules = new Map<string, Schedule>();
  return services.map(({ timezone, week, exceptions, ...service }) => {
    const schedule = schedules.get(service.providerId) ?? { week, exceptions, clock: wallClock(timezone) };
    schedules.set(service.providerId, schedule);
    return { ...service, schedule };
  });
}

/** Older exceptions cannot affect today's slots in any time zone (working-hours.ts reads three days back). */
const aWeekBefore = (now: Date): Date => new Date(now.getTime() - 7 * DAY_MS);
