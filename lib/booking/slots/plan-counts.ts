import type { ServicePlan } from "./plan-services.ts";

/** How many slots of each kind. `capped` are those that the limit left out. */
export interface PlanCounts {
  added: number;
  changed: number;
  removed: number;
  expired: number;
  kept: number;
  conflicts: number;
  capped: number;
}

export const NO_SLOTS: Readonly<PlanCounts> = {
  added: 0,
  changed: 0,
  removed: 0,
  expired: 0,
  kept: 0,
  conflicts: 0,
  capped: 0,
};

/** Adds what plans do to counts. */
export function addPlans(counts: PlanCounts, plans: readonly ServicePlan[]): PlanCounts {
  const sum = { ...counts };
  for (const { plan, kept } of plans) {
    sum.added += plan.add.length;
    sum.changed += plan.change.length;
    sum.removed += plan.remove.length;
    sum.expired += plan.expire.length;
    sum.kept += kept.length;
    sum.conflicts += plan.conflicts.length;
    sum.capped += plan.capped;
  }
  return sum;
}
