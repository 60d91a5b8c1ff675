import { sql } from "drizzle-orm";
import { type Db, instantOf, rows } from "../../db/db.ts";
import type { Period } from "../../time/periods.ts";
import { localTime, type WallClock, wallClock } from "../../time/wall-clock.ts";
import { bookableSlots } from "./bookable-slots.ts";

/** As many slots as one answer holds. */
export const MOST_SLOTS = 2000;

/** Whose slots are asked for: a provider's, or those of one service of that provider. */
export interface Wanted {
  providerId: string;
  serviceId?: string | undefined;
}

/** A slot that can be booked, in JSON. Local times are those of the zone that was asked for. */
export interface FreeSlot {
  id: number;
  serviceId: string;
  providerId: string;
  startsAt: Date;
  endsAt: Date;
  localDate: string;
  localStart: string;
  localEnd: string;
  price: number;
  category: string;
  rushFeePercent: number;
  capacity: number;
  /** How many of them are left. */
  places: number;
}

/**
 * The slots that start in a period and can be booked at `now` (domain, section 6), by start and service; at most
 * `MOST_SLOTS` of them.
 * @param zone Whose local times they are told in.
 */
export async function readFreeSlots(
  db: Db,
  wanted: Wanted,
  period: Period,
  zone: string,
  now: Date,
): Promise<{ slots: FreeSlot[]; truncated: boolean }> {
  const { providerId, serviceId } = wanted;
  const found = await rows<Stored>(
    db,
    sql`select id, service_id, provider_id, starts_at, ends_at, price, category, rush_fee_percent, capacity, places
      from (${bookableSlots(providerId, period, now)}) as slot
      where ${serviceId === undefined ? sql`true` : sql`service_id = ${serviceId}`}
      order by starts_at, service_id limit ${MOST_SLOTS + 1}`,
  );
  const clock = wallClock(zone);
  return { slots: found.slice(0, MOST_SLOTS).map((slot) => told(slot, clock)), truncated: found.length > MOST_SLOTS };
}

interface Stored {
  id: string;
  service_id: string;
  provider_id: string;
  starts_at: string;
  ends_at: string;
  price: string;
  category: string;
  rush_fee_percent: number;
  capacity: number;
  places: number;
}

function told(slot: Stored, clock: WallClock): FreeSlot {
  const startsAt = instantOf(slot.starts_at);
  const endsAt = instantOf(slot.ends_at);
  const localStart = localTime(startsAt, clock);
  return {
    id: Number(slot.id),
    serviceId: slot.service_id,
    providerId: slot.provider_id,
    startsAt,
    endsAt,
    localDate: localStart.slice(0, 10),
    localStart,
    localEnd: localTime(endsAt, clock),
    price: Number(slot.price),
    category: slot.category,
    rushFeePercent: slot.rush_fee_percent,
    capacity: slot.capacity,
    places: slot.places,
  };
}
