import type { WantedSlot } from "../availability/generate-slots.ts";

/** A slot as it is, with how many of its places are booked or held. */
export interface ExistingSlot extends WantedSlot {
  id: number;
  taken: number;
}

/** What is to be done about a service's slots, each list in order of `startsAt`. "Booked" is also what is only held. */
export interface Plan {
  add: WantedSlot[];
  /** Unbooked ones that stay, with other terms (end, buffers, capacity, price). */
  change: { id: number; slot: WantedSlot }[];
  /** Unbooked ones ahead that are wanted no more. */
  remove: ExistingSlot[];
  /** Ones that ended before the provider's today: unbooked, or all of them where asked to. */
  expire: ExistingSlot[];
  keep: ExistingSlot[];
  /** Booked ones ahead that are wanted no more, or not for that time. Nothing happens to them. */
  conflicts: ExistingSlot[];
  /** How many wanted ones the limit leaves out. */
  capped: number;
}

/** Where the plan stands in time, milliseconds since the epoch. */
export interface Bounds {
  now: number;
  /** The provider's midnight. */
  today: number;
  /** From here on nothing is added; what is there already is looked at all the same. */
  horizon: number;
  /** How many slots a service may have ahead. */
  most: number;
  forceCleanup: boolean;
}

/**
 * Wanted less existing (domain, section 6). Both in order of `startsAt`, of one service. A booked slot ahead is never
 * touched, and keeps its price; it counts to the limit first, then the earliest of the others do. Pure.
 */
export function planSlots(wanted: readonly WantedSlot[], existing: readonly ExistingSlot[], bounds: Bounds): Plan {
  const { now, today, horizon, most, forceCleanup } = bounds;
  const plan: Plan = { add: [], change: [], remove: [], expire: [], keep: [], conflicts: [], capped: 0 };
  const ahead = new Map<number, ExistingSlot>();
  let room = most;
  for (const slot of existing) {
    if (slot.startsAt > now) {
      ahead.set(slot.startsAt, slot);
      if (slot.taken > 0) room -= 1;
    } else if (slot.endsAt <= today && (slot.taken === 0 || forceCleanup)) plan.expire.push(slot);
    else plan.keep.push(slot);
  }
  for (const slot of wanted) {
    if (slot.startsAt <= now) continue;
    const there = ahead.get(slot.startsAt);
    if (there === undefined && slot.startsAt >= horizon) continue;
    if (there !== undefined && there.taken > 0) {
      if (!sameTime(there, slot)) continue; // a conflict; and no other of this service can start when it does
      plan.keep.push(there);
    } else if (room <= 0) {
      plan.capped += 1;
      continue;
    } else {
      room -= 1;
      if (there === undefined) plan.add.push(slot);
      else if (sameTerms(there, slot)) plan.keep.push(there);
      else plan.change.push({ id: there.id, slot });
    }
    ahead.delete(slot.startsAt);
  }
  for (const slot of ahead.values()) (slot.taken > 0 ? plan.conflicts : plan.remove).push(slot);
  return plan;
}

const TIME = ["startsAt", "endsAt", "busyFrom", "busyUntil"] as const;
const TERMS = ["day", "capacity", "category", "rushFeePercent", "basePriceCents", "priceCents"] as const;

const sameTime = (a: WantedSlot, b: WantedSlot): boolean => TIME.every((term) => a[term] === b[term]);

const sameTerms = (a: WantedSlot, b: WantedSlot): boolean =>
  sameTime(a, b) && TERMS.every((term) => a[term] === b[term]);
