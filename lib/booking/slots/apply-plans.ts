import type { Db } from "../../db/db.ts";
import { releaseExpiredHolds } from "../free-slots/holds.ts";
import { lockProviders } from "../provider-lock.ts";
import { keepFacts } from "./load-services.ts";
import { changesIn, planInDetail, type ServicePlan, type Task } from "./plan-services.ts";
import { carryOut } from "./write-slots.ts";

/** What a step has done. */
export interface Healed {
  plans: ServicePlan[];
  /** How many of its services, from the first, are done with. */
  finished: number;
  /** The next service, where it is done in part: what stays of its slots has been told. */
  begun: string | undefined;
}

/**
 * Carries plans out, at most `most` changes. The plans say for whom there is something to do; under the lock of their
 * providers they are made anew, since somebody may have booked meanwhile, or changed what they were made from, and then
 * waits for this transaction to follow it with a maintenance of his own. Providers without a change are not locked.
 * @param begun The first service, where the step before has done it in part.
 */
export async function heal(
  tx: Db,
  plans: readonly ServicePlan[],
  task: Task,
  most: number,
  begun: string | undefined,
): Promise<Healed> {
  const renewed = await planAnew(tx, plans.filter(hasChanges), task);
  const portions: ServicePlan[] = [];
  let room = most;
  let left: ServicePlan | undefined;
  for (const before of plans) {
    const whole = hasChanges(before) ? renewed.get(before.service.id) : before;
    if (whole === undefined) continue; // deleted meanwhile, its slots with it
    const portion = atMost(room, whole);
    room -= changesIn(portion.plan);
    portions.push(whole.service.id === begun ? onlyChanges(portion) : portion);
    if (portion === whole) continue;
    left = before;
    break;
  }
  const touched = portions.filter(({ plan }) => changesIn(plan) > plan.add.length);
  // Plans do not count holds whose time is over, but the database still does.
  if (touched.length > 0) await releaseExpiredHolds(tx, providersOf(touched), task.now);
  return {
    plans: await carryOut(tx, portions, task.forceCleanup),
    finished: left === undefined ? plans.length : plans.indexOf(left),
    begun: left?.service.id,
  };
}

const hasChanges = ({ plan }: ServicePlan): boolean => changesIn(plan) > 0;

async function planAnew(tx: Db, plans: readonly ServicePlan[], task: Task): Promise<Map<string, ServicePlan>> {
  if (plans.length === 0) return new Map();
  await lockProviders(tx, providersOf(plans));
  const ids = plans.map(({ service }) => service.id);
  const renewed = await planInDetail(tx, await keepFacts(tx, ids, task.now), task);
  return new Map(renewed.map((plan) => [plan.service.id, plan]));
}

const providersOf = (plans: readonly ServicePlan[]): string[] => [
  ...new Set(plans.map(({ service }) => service.providerId)),
];

/** As many changes of a plan as there is room for. */
function atMost(room: number, whole: ServicePlan): ServicePlan {
  if (changesIn(whole.plan) <= room) return whole;
  let left = room;
  const take = <T>(list: readonly T[]): T[] => {
    const taken = list.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const { remove, change, add, expire } = whole.plan;
  const changes = { remove: take(remove), change: take(change), add: take(add), expire: take(expire) };
  return { ...whole, plan: { ...whole.plan, ...changes } };
}

/** What stays has been told with the first part of a service; by now that holds what was added since. */
const onlyChanges = (portion: ServicePlan): ServicePlan => ({
  ...portion,
  plan: { ...portion.plan, conflicts: [], capped: 0 },
  kept: [],
});
