import { randomUUID } from "node:crypto";
import { eq, lte, sql } from "drizzle-orm";
import { at, type Db, instantOf, rows, transact } from "../../db/db.ts";
import { type Offer, placeTaken, readOffer, refusalOf, takePlace } from "../bookings/reserve.ts";
import { lockProviders } from "../provider-lock.ts";
import { slotHolds } from "../schema.ts";

/** How long a place is held for a checkout. */
export const HOLD_MS = 5 * 60_000;

/** A place that is kept for somebody who has its id. */
export interface Hold {
  id: string;
  expiresAt: Date;
}

/**
 * Holds a place of a slot for five minutes, as if it were booked.
 * @throws AppError `not-found`, `not-bookable`, `too-late`, `slot-full`, `provider-busy`.
 */
export async function holdPlace(db: Db, slotId: number, now: Date): Promise<Hold> {
  const offer = await readOffer(db, slotId, now);
  const refusal = refusalOf(offer, now);
  if (refusal !== undefined) throw refusal;
  const hold = { id: randomUUID(), expiresAt: new Date(now.getTime() + HOLD_MS) };
  await transact(db, async (tx) => {
    await lockProviders(tx, [offer.providerId]);
    await releaseOverdue(tx, offer, now);
    const statement = sql`with taken as (${takePlace(slotId, "held_count", now)})
      insert into slot_holds (id, slot_id, provider_id, expires_at)
      select ${hold.id}::uuid, id, provider_id, ${at(hold.expiresAt)} from taken returning id`;
    await placeTaken(tx, statement, slotId, now);
  });
  return hold;
}

/** Gives a held place back before its time; whether there is one to give back makes no difference to the caller. */
export async function dropHold(db: Db, holdId: string, slotId: number): Promise<void> {
  const [hold] = await db.select().from(slotHolds).where(eq(slotHolds.id, holdId));
  if (hold === undefined || hold.slotId !== slotId) return;
  await transact(db, async (tx) => {
    await lockProviders(tx, [hold.providerId]);
    await endHold(tx, holdId, slotId);
  });
}

/** Ends a hold and frees its place. Under the provider's lock. @returns until when it held; undefined for no such hold. */
export async function endHold(tx: Db, holdId: string, slotId: number): Promise<Date | undefined> {
  const [hold] = await rows<{ until: string }>(
    tx,
    sql`with gone as (delete from slot_holds where id = ${holdId} and slot_id = ${slotId} returning slot_id, expires_at),
      freed as (update booking_slots as slot set held_count = held_count - 1 from gone where slot.id = gone.slot_id)
      select expires_at as until from gone`,
  );
  return hold && instantOf(hold.until);
}

/**
 * Frees what would stand in the way of an offer. Under the provider's lock, though the offer was read before: what is
 * over at `now` was made minutes ago, so that look has seen it.
 */
export async function releaseOverdue(tx: Db, { overdue, providerId }: Offer, now: Date): Promise<void> {
  if (overdue) await releaseExpiredHolds(tx, [providerId], now);
}

/**
 * Frees the places of holds whose time is over. Whoever names providers holds their locks; without names it takes the
 * locks of all whom it concerns, and must then be the first to lock anybody in its transaction.
 * @returns how many holds.
 */
export async function releaseExpiredHolds(
  tx: Db,
  providerIds: readonly string[] | undefined,
  now: Date,
): Promise<number> {
  const concerned = providerIds ?? (await lockOverdue(tx, now));
  const gone = await rows<{ slot: string }>(
    tx,
    sql`delete from slot_holds where expires_at <= ${at(now)} and provider_id in (
        select jsonb_array_elements_text(${JSON.stringify(concerned)}::jsonb) collate "C") returning slot_id as slot`,
  );
  if (gone.length === 0) return 0;
  // In a statement of its own: of how many holds there will be, the planner thinks so much that it would read all slots.
  await rows(
    tx,
    sql`update booking_slots as slot set held_count = held_count - places
      from (select value::bigint as id, count(*)::int as places
        from jsonb_array_elements_text(${JSON.stringify(gone.map(({ slot }) => slot))}::jsonb) group by 1) as freed
      where slot.id = freed.id`,
  );
  return gone.length;
}

async function lockOverdue(tx: Db, now: Date): Promise<string[]> {
  const overdue = await tx
    .selectDistinct({ id: slotHolds.providerId })
    .from(slotHolds)
    .where(lte(slotHolds.expiresAt, now));
  const ids = overdue.map(({ id }) => id);
  await lockProviders(tx, ids);
  return ids;
}
