import { createHash } from "node:crypto";
import { DAY_MINUTES, MINUTE_MS } from "../../time/wall-clock.ts";
import type { WantedSlot } from "../availability/generate-slots.ts";

/** Bytes of a slot: its date, four instants, capacity, surcharge, price. */
const SIZE = 4 + 4 * 8 + 4 + 2 + 8;
const POSTGRES_EPOCH = Date.UTC(2000, 0, 1);
const DAY_MS = DAY_MINUTES * MINUTE_MS;

/**
 * MD5 in hex over the terms of slots, in the bytes in which Postgres sends them, so that it can work out the same over
 * what is stored and a service that has nothing to do costs one comparison. Of no slots: of nothing.
 * The price before the surcharge need not be in it: what differs by a cent without a surcharge differs by one with it.
 */
export function fingerprint(slots: readonly WantedSlot[]): string {
  const bytes = new DataView(new ArrayBuffer(slots.length * SIZE));
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
    at += SIZE;
  }
  return createHash("md5").update(bytes).digest("hex");
}

/** As `timestamptz_send`: microseconds since 2000, which doubles hold exactly for 285 years around it. */
function writeInstant(bytes: DataView, at: number, instant: number): void {
  writeInt64(bytes, at, (instant - POSTGRES_EPOCH) * 1000);
}

/** A whole number up to 2^53 either way, by halves: a BigInt for each would cost more than all the rest. */
function writeInt64(bytes: DataView, at: number, value: number): void {
  bytes.setInt32(at, Math.floor(value / 0x1_0000_0000));
  bytes.setUint32(at + 4, value);
}
