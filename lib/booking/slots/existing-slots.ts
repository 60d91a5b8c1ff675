import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { DAY_MINUTES } from "../../time/wall-clock.ts";
import type { ExistingSlot } from "./plan-slots.ts";

/** A service whose slots are looked at, and its provider's midnight (milliseconds since the epoch). */
export interface Watched {
  id: string;
  today: number;
}

/** How a service's slots stand, without a look at each. */
export interface Standing {
  /** Of those ahead, as fingerprint.ts works it out; null where there are none. */
  fingerprint: string | null;
  /** When the last of them starts, milliseconds since the epoch. */
  last: number | null;
  /** Whether there may be some to expire. */
  stale: boolean;
}

/** How the slots of these services stand, by service. */
export async function readStanding(
  db: Db,
  services: readonly Watched[],
  now: Date,
  forceCleanup: boolean,
): Promise<Map<string, Standing>> {
  const found = await rows<Standing & { id: string }>(
    db,
    sql`select watched.id, ahead.fingerprint, ahead.last,
        exists (select from booking_slots where service_id = watched.id and ${overdue(now, forceCleanup)}) as stale
      from ${watched(services)} cross join lateral (
        select ${milliseconds("max(starts_at)")} as last, ${FINGERPRINT} as fingerprint
        from booking_slots where service_id = watched.id and starts_at > ${at(now)}) as ahead`,
  );
  return new Map(found.map(({ id, ...standing }) => [id, standing]));
}

/** What fingerprint.ts works out, over the rows of `booking_slots` that are aggregated. */
export const FINGERPRINT = sql`md5(string_agg(date_send(local_date) || timestamptz_send(starts_at) || timestamptz_send(ends_at)
  || timestamptz_send(busy_from) || timestamptz_send(busy_until) || int4send(capacity)
  || int2send(rush_fee_percent) || int8send((price * 100)::bigint), ''::bytea order by starts_at))`;

/** The slots of these services that are ahead or may expire, by service and in order. An expired hold holds nothing. */
export async function readSlots(
  db: Db,
  services: readonly Watched[],
  now: Date,
  forceCleanup: boolean,
): Promise<Map<string, ExistingSlot[]>> {
  if (services.length === 0) return new Map();
  const found = await rows<ExistingSlot & { serviceId: string }>(
    db,
    sql`select slot.id::float8 as id, service_id as "serviceId", (local_date - date '1970-01-01') * ${DAY_MINUTES}::int as day,
        ${milliseconds("starts_at")} as "startsAt", ${milliseconds("ends_at")} as "endsAt",
        ${milliseconds("busy_from")} as "busyFrom", ${milliseconds("busy_until")} as "busyUntil",
        capacity, category, rush_fee_percent as "rushFeePercent",
        (base_price * 100)::float8 as "basePriceCents", (price * 100)::float8 as "priceCents",
        booked_count + case when held_count = 0 then 0 else (select count(*)::int from slot_holds
          where slot_id = slot.id and expires_at > ${at(now)}) end as taken
      from ${watched(services)} cross join lateral (
        select * from booking_slots
        where service_id = watched.id and (starts_at > ${at(now)} or ${overdue(now, forceCleanup)})
        order by starts_at offset 0) as slot`,
  );
  return Map.groupBy(found, ({ serviceId }) => serviceId);
}

const overdue = (now: Date, forceCleanup: boolean): SQL =>
  sql`starts_at <= ${at(now)} and ends_at <= today and (${forceCleanup} or booked_count = 0)`;

const milliseconds = (instant: string): SQL => sql`(extract(epoch from ${sql.raw(instant)}) * 1000)::float8`;

/**
 * Joined to their slots one by one, by the index: however many services and slots there are, and whatever the planner
 * knows of tables that this job fills, each service's slots are found at once.
 */
const watched = (services: readonly Watched[]): SQL =>
  sql`(select id collate "C" as id, to_timestamp(today / 1000) as today
    from jsonb_to_recordset(${JSON.stringify(services)}::jsonb) as service (id text, today float8)) as watched`;
