import type { Db } from "../../db/db.ts";
import { releaseExpiredHolds } from "../free-slots/holds.ts";
import { lockProviders } from "../provider-lock.ts";
import { loadAndLockServices } from "./load-services.ts";
import { type PlanOptions, planFromSlots, type ServicePlan } from "./plan-services.ts";
import { countChanges } from "./plan-slots.ts";
import { writeSlots } from "./write-slots.ts";

/** The result of one step. */
export interface AppliedPlans {
  plans: ServicePlan[];
  /** How many of the services, counted from the first, are completely done. */
  completed: number;
  /** The id of the next service if a part of its plan was applied; its kept slots and conflicts are already reported. */
  partial: string | undefined;
}

/**
 * Applies plans, at most `maxChanges` changes. Under the locks of their providers the plans are made again, because a
 * booking or a change of the catalog may have come in between. A catalog change that comes later waits for the locks and
 * then runs its own maintenance. Providers without changes are not locked.
 * @param partial The id of the first service if the previous step applied a part of its plan.
 */
export async function applyPlans(
  tx: Db,
  plans: readonly ServicePlan[],
  options: PlanOptions,
  maxChanges: number,
  partial: string | undefined,
): Promise<AppliedPlans> {
  const renewed = await planAgain(tx, plans.filter(hasChanges), options);
  const portions: ServicePlan[] = [];
  let remaining = maxChanges;
  let unfinished: ServicePlan | undefined;
  for (const earlier of plans) {
    const current = hasChanges(earlier) ? renewed.get(earlier.service.id) : earlier;
    if (current === undefined) continue; // the service was deleted with its slots in the meantime
    const portion = limitChanges(current, remaining);
    remaining -= countChanges(portion.plan);
    portions.push(current.service.id === partial ? withoutReported(portion) : portion);
    if (portion === current) continue;
    unfinished = earlier;
    break;
  }
  const changesExisting = portions.filter(({ plan }) => countChanges(plan) > plan.add.length);
  // Plans ignore expired holds, but `held_count` still includes them.
  if (changesExisting.length > 0) await releaseExpiredHolds(tx, providerIdsOf(changesExisting), options.now);
  return {
    plans: await writeSlots(tx, portions, options.forceCleanup),
    completed: unfinished === undefined ? plans.length : plans.indexOf(unfinished),
    partial: unfinished?.service.id,
  };
}

const hasChanges = ({ plan }: ServicePlan): boolean => countChanges(plan) > 0;

async function planAgain(
  tx: Db,
  plans: readonly ServicePlan[],
  options: PlanOptions,
): Promise<Map<string, ServicePlan>> {
  if (plans.length === 0) return new Map();
  await lockProviders(tx, providerIdsOf(plans));
  const ids = plans.map(({ service }) => service.id);
  const renewed = await planFromSlots(tx, await loadAndLockServices(tx, ids, options.now), options);
  return new Map(renewed.map((plan) => [plan.service.id, plan]));
}

const providerIdsOf = (plans: readonly ServicePlan[]): string[] => [
  ...new Set(plans.map(({ service }) => service.providerId)),
];

/** Takes the first changes of a plan, at most `limit`. Returns the same object if all of them fit. */
function limitChanges(current: ServicePlan, limit: number): ServicePlan {
  if (countChanges(current.plan) <= limit) return current;
  let remaining = limit;
  const take = <T>(list: readonly T[]): T[] => {
    const taken = list.slice(0, remaining);
    remaining -= taken.length;
    return taken;
  };
  const { remove, change, add, expire } = current.plan;
  const changes = { remove: take(remove), change: take(change), add: take(add), expire: take(expire) };
  return { ...current, plan: { ...current.plan, ...changes } };
}

/** The first portion of a service reported its kept slots and conflicts; by now they include the slots added since. */
const withoutReported = (portion: ServicePlan): ServicePlan => ({
  ...portion,
  plan: { ...portion.plan, conflicts: [], capped: 0 },
  kept: [],
});
