import { randomUUID } from "node:crypto";
import { eq, type SQL, sql } from "drizzle-orm";
import { at, type Db, transact } from "../../db/db.ts";
import { AppError } from "../../errors.ts";
import { sha256 } from "../../hash.ts";
import { deleteHold, HOLD_MS, releaseBlockingHolds } from "../free-slots/holds.ts";
import { notifyCustomer } from "../messages/booking-mails.ts";
import { lockProviders } from "../provider-lock.ts";
import { bookingFromRow } from "./booking-rows.ts";
import { newCancelToken, newTokenSalt, replayedToken } from "./cancel-token.ts";
import { readSlotCapacity, refusalError, reservePlace, takePlaceSql } from "./reserve.ts";
import { type Booking, bookings } from "./schema.ts";

/** A customer's request for a place. */
export interface BookingRequest {
  slotId: number;
  name: string;
  email: string;
  language: "de" | "en";
  /** The zone in which the customer reads times; the provider's if it is missing. */
  timezone?: string | undefined;
  holdId?: string | undefined;
}

/** The booking that a request has made, now or earlier. */
export interface BookingResult {
  booking: Booking;
  cancelToken: string;
  /** Whether an earlier request with the same Idempotency-Key made the booking. */
  replayed: boolean;
}

/**
 * Books a place, once for each Idempotency-Key.
 * @throws AppError `not-found`, `not-bookable`, `too-late`, `slot-full`, `provider-busy`; `conflict` for a hold that is
 * unknown or expired; `key-reused` if an earlier request used the key with another body.
 */
export async function createBooking(
  db: Db,
  request: BookingRequest,
  idempotencyKey: string,
  now: Date,
): Promise<BookingResult> {
  try {
    return await insertBooking(db, request, idempotencyKey, now);
  } catch (error) {
    // Usually the place, the hold or the key is taken. If an earlier or simultaneous request with the same key made a
    // booking, that booking is the answer.
    const earlier = await findReplay(db, request, idempotencyKey);
    if (earlier === undefined) throw error;
    return earlier;
  }
}

async function insertBooking(
  db: Db,
  request: BookingRequest,
  idempotencyKey: string,
  now: Date,
): Promise<BookingResult> {
  const { slotId, holdId } = request;
  const slot = await readSlotCapacity(db, slotId, now);
  // Refuse most late requests without waiting for the lock. A slot may look full because of the customer's own hold.
  const refusal = holdId === undefined ? refusalError(slot) : undefined;
  if (refusal !== undefined) throw refusal;
  const tokenSalt = newTokenSalt();
  const id = randomUUID();
  const cancelToken = newCancelToken(id, tokenSalt, idempotencyKey);
  const secrets = {
    id,
    tokenSalt,
    keyHash: sha256(idempotencyKey),
    requestHash: hashOf(request),
    tokenHash: sha256(cancelToken),
  };
  const booking = await transact(db, async (tx) => {
    await lockProviders(tx, [slot.providerId]);
    const requestedAt = holdId === undefined ? now : await consumeHold(tx, holdId, slotId, now);
    await releaseBlockingHolds(tx, slot, now);
    const statement = insertBookingSql(request, secrets, now, requestedAt);
    const inserted = bookingFromRow(await reservePlace(tx, statement, slotId, now, requestedAt));
    await notifyCustomer(tx, inserted, "booked", now);
    return inserted;
  });
  return { booking, cancelToken, replayed: false };
}

/** Frees the customer's held place, so that the same transaction can book it. @returns when the hold was made. */
async function consumeHold(tx: Db, holdId: string, slotId: number, now: Date): Promise<Date> {
  const expiresAt = await deleteHold(tx, holdId, slotId);
  if (expiresAt !== undefined && expiresAt > now) return new Date(expiresAt.getTime() - HOLD_MS);
  const expected = "a hold of this slot that has not expired";
  const got = expiresAt === undefined ? "an unknown hold, or one of another slot" : "an expired hold";
  throw new AppError("conflict", `holdId: expected ${expected}, got ${got}`, {
    detail: { field: "holdId", expected, got },
  });
}

interface BookingSecrets {
  id: string;
  tokenSalt: string;
  keyHash: string;
  requestHash: string;
  tokenHash: string;
}

function insertBookingSql(request: BookingRequest, secrets: BookingSecrets, now: Date, requestedAt: Date): SQL {
  const { slotId, name, email, language, timezone } = request;
  const { id, tokenSalt, keyHash, requestHash, tokenHash } = secrets;
  return sql`with taken as (${takePlaceSql(slotId, "booked_count", now, requestedAt)})
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

/** Finds the booking that a key has made, in its present state. @throws AppError `key-reused`. */
async function findReplay(db: Db, request: BookingRequest, idempotencyKey: string): Promise<BookingResult | undefined> {
  const keyHash = sha256(idempotencyKey);
  const [booking] = await db.select().from(bookings).where(eq(bookings.idempotencyKeyHash, keyHash));
  if (booking === undefined) return undefined;
  if (booking.requestHash !== hashOf(request)) {
    throw new AppError("key-reused", "Idempotency-Key: expected the body of its first request, got another body");
  }
  return { booking, cancelToken: replayedToken(booking, idempotencyKey), replayed: true };
}

function hashOf({ slotId, name, email, language, timezone, holdId }: BookingRequest): string {
  return sha256(JSON.stringify([slotId, name, email, language, timezone ?? null, holdId ?? null]));
}
