import { randomUUID } from "node:crypto";
import { eq, type SQL, sql } from "drizzle-orm";
import { at, type Db, transact } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { endHold, HOLD_MS, releaseOverdue } from "../free-slots/holds.ts";
import { tellCustomer } from "../messages/booking-mails.ts";
import { lockProviders } from "../provider-lock.ts";
import { bookingOf } from "./booking-rows.ts";
import { newCancelToken, newTokenSalt, replayedToken, sha256 } from "./cancel-token.ts";
import { placeTaken, readOffer, refusalOf, takePlace } from "./reserve.ts";
import { type Booking, bookings } from "./schema.ts";

/** What a customer asks for. */
export interface Order {
  slotId: number;
  name: string;
  email: string;
  language: "de" | "en";
  /** The zone they read times in; the provider's unless given. */
  timezone?: string | undefined;
  holdId?: string | undefined;
}

/** What has come of an order. */
export interface Booked {
  booking: Booking;
  cancelToken: string;
  /** Whether the Idempotency-Key had made this booking before. */
  replayed: boolean;
}

/**
 * Books a place, once for each Idempotency-Key.
 * @throws AppError `not-found`, `not-bookable`, `too-late`, `slot-full`, `provider-busy`; `conflict` for a hold that does
 * not hold; `key-reused` where the key came with another order before.
 */
export async function book(db: Db, order: Order, idempotencyKey: string, now: Date): Promise<Booked> {
  try {
    return await bookAnew(db, order, idempotencyKey, now);
  } catch (error) {
    // Whatever stood in the way, most likely the place, the hold or the key itself: if the key has made a booking, before
    // or in the same moment, then that is the answer.
    const earlier = await replay(db, order, idempotencyKey);
    if (earlier === undefined) throw error;
    return earlier;
  }
}

async function bookAnew(db: Db, order: Order, idempotencyKey: string, now: Date): Promise<Booked> {
  const { slotId, holdId } = order;
  const offer = await readOffer(db, slotId, now);
  // Most who come too late are told so without waiting for the lock; a place that is held for oneself looks taken.
  const refusal = holdId === undefined ? refusalOf(offer, now) : undefined;
  if (refusal !== undefined) throw refusal;
  const tokenSalt = newTokenSalt();
  const id = randomUUID();
  const cancelToken = newCancelToken(id, tokenSalt, idempotencyKey);
  const secrets = {
    id,
    tokenSalt,
    keyHash: sha256(idempotencyKey),
    requestHash: hashOf(order),
    tokenHash: sha256(cancelToken),
  };
  const booking = await transact(db, async (tx) => {
    await lockProviders(tx, [offer.providerId]);
    const askedAt = holdId === undefined ? now : await consumeHold(tx, holdId, slotId, now);
    await releaseOverdue(tx, offer, now);
    const taken = await placeTaken(tx, takeAndBook(order, secrets, now, askedAt), slotId, now, askedAt);
    const booked = bookingOf(taken);
    await tellCustomer(tx, booked, "booked", now);
    return booked;
  });
  return { booking, cancelToken, replayed: false };
}

/** Frees the place a customer holds, for them to take in the same transaction. @returns when the hold was made. */
async function consumeHold(tx: Db, holdId: string, slotId: number, now: Date): Promise<Date> {
  const until = await endHold(tx, holdId, slotId);
  if (until !== undefined && until > now) return new Date(until.getTime() - HOLD_MS);
  const expected = "a hold of this slot that has not expired";
  const got = until === undefined ? "one that is unknown, of another slot or long expired" : "one that has expired";
  throw new AppError("conflict", `holdId: expected ${expected}, got ${got}`, {
    detail: { field: "holdId", expected, got },
  });
}

interface Secrets {
  id: string;
  tokenSalt: string;
  keyHash: string;
  requestHash: string;
  tokenHash: string;
}

function takeAndBook(order: Order, secrets: Secrets, now: Date, askedAt: Date): SQL {
  const { slotId, name, email, language, timezone } = order;
  const { id, tokenSalt, keyHash, requestHash, tokenHash } = secrets;
  return sql`with taken as (${takePlace(slotId, "booked_count", now, askedAt)})
    insert into bookings (id, slot_id, service_id, service_name, provider_id, provider_name, provider_timezone,
      starts_at, ends_at, price, rush_fee_percent, category, customer_name, customer_email, language, timezone, status,
      idempotency_key_hash, request_hash, token_salt, cancel_token_hash, created_at, updated_at)
    select ${id}::uuid, id, service_id, service_name, provider_id, provider_name, provider_timezone,
      starts_at, ends_at, price, rush_fee_percent, category, ${name}, ${email}, ${language},
      coalesce(${timezone ?? null}::text, provider_timezone),
      case when confirmation_required then 'pending' else 'confirmed' end,
      ${keyHash}, ${requestHash}, ${tokenSalt}, ${tokenHash}, ${at(now)}, ${at(now)}
    from taken returning *`;
}

/** What a key has booked already, as it is now. @throws AppError `key-reused`. */
async function replay(db: Db, order: Order, idempotencyKey: string): Promise<Booked | undefined> {
  const keyHash = sha256(idempotencyKey);
  const [booking] = await db.select().from(bookings).where(eq(bookings.idempotencyKeyHash, keyHash));
  if (booking === undefined) return undefined;
  if (booking.requestHash !== hashOf(order)) {
    throw new AppError("key-reused", "Idempotency-Key: expected the request it first came with, got another");
  }
  return { booking, cancelToken: replayedToken(booking, idempotencyKey), replayed: true };
}

function hashOf({ slotId, name, email, language, timezone, holdId }: Order): string {
  return sha256(JSON.stringify([slotId, name, email, language, timezone ?? null, holdId ?? null]));
}
