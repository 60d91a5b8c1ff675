import { type SQL, sql } from "drizzle-orm";
import { at, type Db, json, rows } from "../../db/db.ts";
import { fieldError } from "../../errors.ts";
import { wallClock } from "../../time/wall-clock.ts";
import type { Service } from "../availability/generate-slots.ts";
import type { Exception, Schedule, WeekdayHours } from "../availability/working-hours.ts";

/** A service with all that its slots are made of, as set up. */
export interface ServiceFacts extends Service {
  id: string;
  providerId: string;
  /** Whether it is, and its provider is. */
  active: boolean;
  /** The same object for all services of a provider that were read together. */
  schedule: Schedule;
}

/** Whose slots a run is about: the services that are named, of the providers that are; undefined for all. */
export interface Scope {
  providerIds: readonly string[] | undefined;
  serviceIds: readonly string[] | undefined;
}

/** Where a walk over all services stands; they come by provider and id. */
export interface Cursor {
  providerId: string;
  serviceId: string;
}

export const BEGINNING: Cursor = { providerId: "", serviceId: "" };

/** The next services of a walk, at most `most`. */
export function readFacts(db: Db, scope: Scope, after: Cursor, most: number, now: Date): Promise<ServiceFacts[]> {
  const next = sql`(service.provider_id, service.id) > (${after.providerId} collate "C", ${after.serviceId} collate "C")`;
  return read(db, sql`${inScope(scope)} and ${next}`, sql`limit ${most}`, now);
}

/** These services, of which none is deleted before the transaction ends; one that was deleted before is missing. */
export function keepFacts(tx: Db, serviceIds: readonly string[], now: Date): Promise<ServiceFacts[]> {
  return read(tx, sql`service.id in ${ids(serviceIds)}`, sql`for key share of service`, now);
}

/** How many services a run is about. */
export async function countServices(db: Db, scope: Scope): Promise<number> {
  const found = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from services as service where ${inScope(scope)}`,
  );
  return found[0]?.count ?? 0;
}

/** @throws AppError `invalid-parameter` that names the first id of a scope that nobody has. */
export async function requireKnown(db: Db, { providerIds = [], serviceIds = [] }: Scope): Promise<void> {
  const [unknown] = await rows<{ field: string; id: string }>(
    db,
    sql`select 'providerId' as field, id from ${asked(providerIds)} where id not in (select id from providers)
      union all select 'serviceId', id from ${asked(serviceIds)} where id not in (select id from services) limit 1`,
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

const ids = (list: readonly string[]): SQL => sql`(select id from ${asked(list)})`;

const asked = (list: readonly string[]): SQL =>
  sql`(select text collate "C" as id from jsonb_array_elements_text(${json(list)}) as text) as asked`;

type Row = Omit<ServiceFacts, "schedule"> & { timezone: string; week: WeekdayHours[]; exceptions: Exception[] };

async function read(db: Db, which: SQL, how: SQL, now: Date): Promise<ServiceFacts[]> {
  const found = await rows<Row>(
    db,
    sql`with service as materialized (
        select * from services as service where ${which} order by provider_id, id ${how}),
      provider as materialized (
        select id, timezone, active,
          (select coalesce(json_agg(json_build_object('weekday', weekday, 'start', start_minute, 'end', end_minute,
              'pause', case when break_start_minute is not null
                then json_build_object('start', break_start_minute, 'end', break_end_minute) end)
              order by weekday, start_minute), '[]')
            from provider_availability where provider_id = provider.id) as week,
          (select coalesce(json_agg(json_build_object('date', date, 'kind', kind, 'start', start_minute,
              'end', end_minute) order by date, start_minute), '[]')
            from availability_exceptions
            where provider_id = provider.id and date >= ${at(longPast(now))}::date) as exceptions
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
  return found.map(({ timezone, week, exceptions, ...service }) => {
    const schedule = schedules.get(service.providerId) ?? { week, exceptions, clock: wallClock(timezone) };
    schedules.set(service.providerId, schedule);
    return { ...service, schedule };
  });
}

/** Earlier exceptions touch no slot of today, wherever that is (availability.ts). */
const longPast = (now: Date): Date => new Date(now.getTime() - 7 * 86_400_000);
