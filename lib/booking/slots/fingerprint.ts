import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { DAY_MS } from "../../time/durations.ts";
import { DAY_MINUTES } from "../../time/wall-minutes.ts";
import type { GeneratedSlot } from "../availability/generate-slots.ts";

/** Bytes of one slot: its date, four instants, capacity, surcharge, price. */
const SLOT_BYTES = 4 + 4 * 8 + 4 + 2 + 8;
const POSTGRES_EPOCH = Date.UTC(2000, 0, 1);

/**
 * Computes the MD5 (hex) over the terms of slots in Postgres's binary format. The database computes the same over the
 * stored slots (`FINGERPRINT_SQL`), so an unchanged service costs one comparison. The price before the surcharge is left
 * out: if it differs by a cent, the price with the surcharge differs too.
 */
export function fingerprint(slots: readonly GeneratedSlot[]): string {
  const bytes = new DataView(new ArrayBuffer(slots.length * SLOT_BYTES));
  let at = 0;
  for (const slot of slots) {
    bytes.setInt32(at, slot.day / DAY_MINUTES - POSTGRES_EPOCH / DAY_MS);
    writeInstant(bytes, at + 4, slot.startsAt);
    writeInstant(bytes, at + 12, slot.endsAt);
    writeInstant(bytes, at + 20, slot.busyFrom);
    writeInstant(bytes, at + 28, slot.busyUntil);
    bytes.setInt32(at + 36, slot.capacity);
    bytes.setInt16(at + 40, slot.rushFeePercent);
    writeInt64(bytes, at + 42, slot.priceCents);
    at += SLOT_BYTES;
  }
  return createHash("md5").update(bytes).digest("hex");
}

/** The same fingerprint as an aggregate over rows of `booking_slots`; null if there are no rows. */
export const FINGERPRINT_SQL = sql`md5(string_agg(date_send(local_date) || timestamptz_send(starts_at) || timestamptz_send(ends_at)
  || timestamptz_send(busy_from) || timestamptz_send(busy_until) || int4send(capacity)
  || int2send(rush_fee_percent) || int8send((price * 100)::bigint), ''::bytea order by starts_at))`;

/** As `timestamptz_send`: microseconds since 2000. A double holds them exactly for 285 years before and after. */
function writeInstant(bytes: DataView, at: number, instant: number): void {
  writeInt64(bytes, at, (instant - POSTGRES_EPOCH) * 1000);
}

/** Writes a whole number of up to 2^53 in two halves, because a BigInt per value would cost more than everything else. */
function writeInt64(bytes: DataView, at: number, value: number): void {
  bytes.setInt32(at, Math.floor(value / 0x1_0000_0000));
  bytes.setUint32(at + 4, value);
}
