import { sql } from "drizzle-orm";
import { at, type Db, instantOf, rows } from "../../db/db.ts";
import { type Page, toPage } from "../../http/responses/pages.ts";
import type { Period } from "../../time/periods.ts";
import { localTime, type WallClock, wallClock } from "../../time/wall-clock.ts";
import type { Category } from "../availability/surcharge.ts";
import { bookableSlots } from "./bookable-slots.ts";

/** The most slots in one page. */
export const MAX_SLOTS = 2000;

/** Limits a list to one provider, or to one service of that provider. */
export interface SlotFilter {
  providerId: string;
  serviceId?: string | undefined;
}

/** A bookable slot in JSON. Local times are in the requested zone. */
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
  category: Category;
  rushFeePercent: number;
  capacity: number;
  /** Places that are still free. */
  places: number;
}

/** Which part of a list to read: the items after a cursor (the start and the service of the last one), at most `limit`. */
export interface SlotPage {
  limit: number;
  cursor?: readonly [startsAt: Date, serviceId: string] | undefined;
}

/**
 * Lists the slots that start in a period and can be booked at `now`, by start and service (docs/domain.md, section 6).
 * @param zone The zone of the local times.
 */
export async function readFreeSlots(
  db: Db,
  { providerId, serviceId }: SlotFilter,
  period: Period,
  zone: string,
  now: Date,
  { limit, cursor }: SlotPage = { limit: MAX_SLOTS },
): Promise<Page<FreeSlot>> {
  const freeRows = await rows<FreeSlotRow>(
    db,
    sql`select id, service_id, provider_id, starts_at, ends_at, price, category, rush_fee_percent, capacity, places
      from (${bookableSlots(providerId, period, now)}) as slot
      where ${serviceId === undefined ? sql`true` : sql`service_id = ${serviceId}`}
        and ${cursor === undefined ? sql`true` : sql`(starts_at, service_id) > (${at(cursor[0])}, ${cursor[1]})`}
      order by starts_at, service_id limit ${limit + 1}`,
  );
  const clock = wallClock(zone);
  const toItem = (slot: FreeSlotRow) => toFreeSlot(slot, clock);
  return toPage(freeRows, limit, (slot) => [instantOf(slot.starts_at), slot.service_id], toItem);
}

interface FreeSlotRow {
  id: string;
  service_id: string;
  provider_id: string;
  starts_at: string;
  ends_at: string;
  price: string;
  category: Category;
  rush_fee_percent: number;
  capacity: number;
  places: number;
}

function toFreeSlot(slot: FreeSlotRow, clock: WallClock): FreeSlot {
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
