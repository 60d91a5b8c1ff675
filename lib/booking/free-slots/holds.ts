import { randomUUID } from "node:crypto";
import { eq, lte, sql } from "drizzle-orm";
import { at, type Db, instantOf, rows, transact } from "../../db/db.ts";
import { MINUTE_MS } from "../../time/durations.ts";
import { readSlotCapacity, refusalError, reservePlace, type SlotCapacity, takePlaceSql } from "../bookings/reserve.ts";
import { lockProviders } from "../provider-lock.ts";
import { slotHolds } from "../schema.ts";

/** How long a place is held during checkout. */
export const HOLD_MS = 5 * MINUTE_MS;

/** A place held for the customer who knows its id. */
export interface Hold {
  id: string;
  expiresAt: Date;
}

/**
 * Holds a place of a slot for five minutes. Until then it counts as booked.
 * @throws AppError `not-found`, `not-bookable`, `too-late`, `slot-full`, `provider-busy`.
 */
export async function holdPlace(db: Db, slotId: number, now: Date): Promise<Hold> {
  const slot = await readSlotCapacity(db, slotId, now);
  const refusal = refusalError(slot);
  if (refusal !== undefined) throw refusal;
  const hold = { id: randomUUID(), expiresAt: new Date(now.getTime() + HOLD_MS) };
  await transact(db, async (tx) => {
    await lockProviders(tx, [slot.providerId]);
    await releaseBlockingHolds(tx, slot, now);
    const statement = sql`with taken as (${takePlaceSql(slotId, "held_count", now)})
      insert into slot_holds (id, slot_id, provider_id, expires_at)
      select ${hold.id}::uuid, id, provider_id, ${at(hold.expiresAt)} from taken returning id`;
    await reservePlace(tx, statement, slotId, now);
  });
  return hold;
}

/** Releases a hold early. An unknown or expired hold is not an error. */
export async function releaseHold(db: Db, holdId: string, slotId: number): Promise<void> {
  const [hold] = await db.select().from(slotHolds).where(eq(slotHolds.id, holdId));
  if (hold === undefined || hold.slotId !== slotId) return;
  await transact(db, async (tx) => {
    await lockProviders(tx, [hold.providerId]);
    await deleteHold(tx, holdId, slotId);
  });
}

/**
 * Deletes a hold and frees its place. The caller holds the provider's lock.
 * @returns when the hold expires or expired; undefined for an unknown hold.
 */
export async function deleteHold(tx: Db, holdId: string, slotId: number): Promise<Date | undefined> {
  const [hold] = await rows<{ expiresAt: string }>(
    tx,
    sql`with deleted as (delete from slot_holds where id = ${holdId} and slot_id = ${slotId} returning slot_id, expires_at),
      released as (update booking_slots as slot set held_count = held_count - 1 from deleted where slot.id = deleted.slot_id)
      select expires_at as "expiresAt" from deleted`,
  );
  return hold && instantOf(hold.expiresAt);
}

/**
 * Releases the expired holds of a slot's provider, which would block the slot. The caller holds the provider's lock. The
 * slot may have been read before the lock: holds that are expired at `now` were made minutes ago, so it shows them.
 */
export async function releaseBlockingHolds(
  tx: Db,
  { hasExpiredHolds, providerId }: SlotCapacity,
  now: Date,
): Promise<void> {
  if (hasExpiredHolds) await releaseExpiredHolds(tx, [providerId], now);
}

/**
 * Deletes expired holds and frees their places. A hold expires exactly at `expires_at`.
 * @param providerIds Providers whose locks the caller holds. If undefined, this takes the locks of all providers with
 * expired holds, so the transaction must not hold other providers' locks.
 * @returns the number of released holds.
 */
export async function releaseExpiredHolds(
  tx: Db,
  providerIds: readonly string[] | undefined,
  now: Date,
): Promise<number> {
  const locked = providerIds ?? (await lockProvidersWithExpiredHolds(tx, now));
  const deleted = await rows<{ slotId: string }>(
    tx,
    sql`delete from slot_holds where expires_at <= ${at(now)} and provider_id in (
        select jsonb_array_elements_text(${JSON.stringify(locked)}::jsonb) collate "C") returning slot_id as "slotId"`,
  );
  if (deleted.length === 0) return 0;
  // A separate statement: in one, the planner overestimates the deleted holds and would read all slots.
  await rows(
    tx,
    sql`update booking_slots as slot set held_count = held_count - places
      from (select value::bigint as id, count(*)::int as places
        from jsonb_array_elements_text(${JSON.stringify(deleted.map(({ slotId }) => slotId))}::jsonb) group by 1) as released
      where slot.id = released.id`,
  );
  return deleted.length;
}

async function lockProvidersWithExpiredHolds(tx: Db, now: Date): Promise<string[]> {
  const expired = await tx
    .selectDistinct({ id: slotHolds.providerId })
    .from(slotHolds)
    .where(lte(slotHolds.expiresAt, now));
  const ids = expired.map(({ id }) => id);
  await lockProviders(tx, ids);
  return ids;
}
