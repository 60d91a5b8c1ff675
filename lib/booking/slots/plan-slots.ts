import type { GeneratedSlot } from "../availability/generate-slots.ts";

/** A stored slot, and how many of its places are booked or held. */
export interface ExistingSlot extends GeneratedSlot {
  id: number;
  taken: number;
}

/** The changes to a service's slots. Each list is in order of `startsAt`. Held places count as booked. */
export interface Plan {
  add: GeneratedSlot[];
  /** Unbooked slots that stay with new terms (end, buffers, capacity, price). */
  change: { id: number; slot: GeneratedSlot }[];
  /** Unbooked future slots that are no longer generated. */
  remove: ExistingSlot[];
  /** Slots that ended before the provider's today: the unbooked ones, or all of them with `forceCleanup`. */
  expire: ExistingSlot[];
  keep: ExistingSlot[];
  /** Booked future slots that are no longer generated, or now have other times. They stay unchanged. */
  conflicts: ExistingSlot[];
  /** How many generated slots the limit leaves out. */
  capped: number;
}

/** The limits of a plan. Instants in milliseconds since the epoch. */
export interface PlanLimits {
  now: number;
  /** The provider's last midnight. */
  today: number;
  /** Slots are only added before this instant; existing slots after it are still checked. */
  horizon: number;
  /** The most future slots a service may have. */
  maxSlots: number;
  forceCleanup: boolean;
}

/**
 * Compares the generated slots of one service with its existing slots (docs/domain.md, section 6). Both lists are in
 * order of `startsAt`. A booked future slot is never changed and keeps its price. Booked slots count towards the limit
 * first, then the earliest unbooked ones. Pure.
 */
export function planSlots(
  generated: readonly GeneratedSlot[],
  existing: readonly ExistingSlot[],
  limits: PlanLimits,
): Plan {
  const { now, today, horizon, maxSlots, forceCleanup } = limits;
  const plan: Plan = { add: [], change: [], remove: [], expire: [], keep: [], conflicts: [], capped: 0 };
  const ahead = new Map<number, ExistingSlot>();
  let remaining = maxSlots;
  for (const slot of existing) {
    if (slot.startsAt > now) {
      ahead.set(slot.startsAt, slot);
      if (slot.taken > 0) remaining -= 1;
    } else if (slot.endsAt <= today && (slot.taken === 0 || forceCleanup)) plan.expire.push(slot);
    else plan.keep.push(slot);
  }
  for (const slot of generated) {
    if (slot.startsAt <= now) continue;
    const stored = ahead.get(slot.startsAt);
    if (stored === undefined && slot.startsAt >= horizon) continue;
    if (stored !== undefined && stored.taken > 0) {
      if (!sameTime(stored, slot)) continue; // a conflict; its start is taken, so nothing is added there
      plan.keep.push(stored);
    } else if (remaining <= 0) {
      plan.capped += 1;
      continue;
    } else {
      remaining -= 1;
      if (stored === undefined) plan.add.push(slot);
      else if (sameTerms(stored, slot)) plan.keep.push(stored);
      else plan.change.push({ id: stored.id, slot });
    }
    ahead.delete(slot.startsAt);
  }
  for (const slot of ahead.values()) (slot.taken > 0 ? plan.conflicts : plan.remove).push(slot);
  return plan;
}

/** Counts the slots that a plan changes in any way. */
export const countChanges = ({ add, change, remove, expire }: Plan): number =>
  add.length + change.length + remove.length + expire.length;

const TIME = ["startsAt", "endsAt", "busyFrom", "busyUntil"] as const;
const TERMS = ["day", "capacity", "category", "rushFeePercent", "basePriceCents", "priceCents"] as const;

const sameTime = (a: GeneratedSlot, b: GeneratedSlot): boolean => TIME.every((term) => a[term] === b[term]);

const sameTerms = (a: GeneratedSlot, b: GeneratedSlot): boolean =>
  sameTime(a, b) && TERMS.every((term) => a[term] === b[term]);
