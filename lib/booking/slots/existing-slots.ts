import { type SQL, sql } from "drizzle-orm";
import { at, type Db, rows } from "../../db/db.ts";
import { DAY_MINUTES } from "../../time/wall-minutes.ts";
import { FINGERPRINT_SQL } from "./fingerprint.ts";
import type { ExistingSlot } from "./plan-slots.ts";

/** A service, and the last midnight of its provider (milliseconds since the epoch). */
export interface ServiceMidnight {
  id: string;
  today: number;
}

/** A summary of a service's stored slots. */
export interface SlotSummary {
  /** The fingerprint of the future slots (fingerprint.ts); null if there are none. */
  fingerprint: string | null;
  /** When the last future slot starts, in milliseconds since the epoch; null if there are none. */
  lastStart: number | null;
  /** Whether slots may have expired. */
  hasExpired: boolean;
}

/** Reads the slot summaries of services, by service id, without reading each slot. */
export async function readSlotSummaries(
  db: Db,
  services: readonly ServiceMidnight[],
  now: Date,
  forceCleanup: boolean,
): Promise<Map<string, SlotSummary>> {
  const summaries = await rows<SlotSummary & { id: string }>(
    db,
    sql`select service.id, ahead.fingerprint, ahead.last as "lastStart",
        exists (select from booking_slots where service_id = service.id and ${expired(now, forceCleanup)}) as "hasExpired"
      from ${serviceTable(services)} cross join lateral (
        select ${milliseconds("max(starts_at)")} as last, ${FINGERPRINT_SQL} as fingerprint
        from booking_slots where service_id = service.id and starts_at > ${at(now)}) as ahead`,
  );
  return new Map(summaries.map(({ id, ...summary }) => [id, summary]));
}

/** Reads the future and expired slots of services, by service id, in order of their start. Expired holds do not count. */
export async function readExistingSlots(
  db: Db,
  services: readonly ServiceMidnight[],
  now: Date,
  forceCleanup: boolean,
): Promise<Map<string, ExistingSlot[]>> {
  if (services.length === 0) return new Map();
  const slots = await rows<ExistingSlot & { serviceId: string }>(
    db,
    sql`select slot.id::float8 as id, service_id as "serviceId", (local_date - date '1970-01-01') * ${DAY_MINUTES}::int as day,
        ${milliseconds("starts_at")} as "startsAt", ${milliseconds("ends_at")} as "endsAt",
        ${milliseconds("busy_from")} as "busyFrom", ${milliseconds("busy_until")} as "busyUntil",
        capacity, category, rush_fee_percent as "rushFeePercent",
        (base_price * 100)::float8 as "basePriceCents", (price * 100)::float8 as "priceCents",
        booked_count + case when held_count = 0 then 0 else (select count(*)::int from slot_holds
          where slot_id = slot.id and expires_at > ${at(now)}) end as taken
      from ${serviceTable(services)} cross join lateral (
        select * from booking_slots
        where service_id = service.id and (starts_at > ${at(now)} or ${expired(now, forceCleanup)})
        order by starts_at offset 0) as slot`,
  );
  return Map.groupBy(slots, ({ serviceId }) => serviceId);
}

const expired = (now: Date, forceCleanup: boolean): SQL =>
  sql`starts_at <= ${at(now)} and ends_at <= today and (${forceCleanup} or booked_count = 0)`;

const milliseconds = (instant: string): SQL => sql`(extract(epoch from ${sql.raw(instant)}) * 1000)::float8`;

/**
 * The services as a table named `service`. The lateral join finds each service's slots by index, however many services
 * there are and however old the planner's statistics of the tables that maintenance fills.
 */
const serviceTable = (services: readonly ServiceMidnight[]): SQL =>
  sql`(select id collate "C" as id, to_timestamp(today / 1000) as today
    from jsonb_to_recordset(${JSON.stringify(services)}::jsonb) as service (id text, today float8)) as service`;
