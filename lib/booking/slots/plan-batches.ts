import type { Db } from "../../db/db.ts";
import { DAY_MINUTES } from "../../time/wall-minutes.ts";
import { type Cursor, loadServices, type Scope, type Service } from "./load-services.ts";
import { type PlanOptions, planServices, type ServicePlan } from "./plan-services.ts";

/** Services planned together: about a tenth of a second of work, so that round trips to the database do not matter. */
const BATCH_SERVICES = 250;
/** The most slots a batch may generate: a few dozen megabytes. */
const BATCH_SLOTS = 200_000;

/**
 * Plans all services of a scope after a cursor, in batches.
 * @param concurrent Whether the database can plan the next batch while the caller works on this one.
 */
export async function* planBatches(
  db: Db,
  concurrent: boolean,
  scope: Scope,
  after: Cursor,
  options: PlanOptions,
): AsyncGenerator<ServicePlan[]> {
  const pending: Promise<ServicePlan[]>[] = [];
  for await (const services of serviceBatches(db, scope, after, options)) {
    const plans = planServices(db, services, options);
    plans.catch(() => {}); // rethrown by the await below, unless another error ends the loop first
    pending.push(plans);
    if (!concurrent || pending.length > 1) yield (await pending.shift()) ?? [];
  }
  for (const plans of pending) yield plans;
}

/** The cursor after a service. */
export const cursorAfter = ({ providerId, id }: Service): Cursor => ({ providerId, serviceId: id });

async function* serviceBatches(
  db: Db,
  scope: Scope,
  start: Cursor,
  { now, daysAhead }: PlanOptions,
): AsyncGenerator<Service[]> {
  for (let after: Cursor | undefined = start; after !== undefined; ) {
    const services = limitSlots(await loadServices(db, scope, after, BATCH_SERVICES, now), daysAhead);
    const last = services.at(-1);
    if (last !== undefined) yield services;
    after = last && cursorAfter(last);
  }
}

/** Takes the first services that together generate at most `BATCH_SLOTS`, but at least one service. */
function limitSlots(services: readonly Service[], daysAhead: number): Service[] {
  let slots = 0;
  return services.filter(({ durationMinutes }, index) => {
    slots += ((daysAhead + 1) * DAY_MINUTES) / durationMinutes;
    return index === 0 || slots <= BATCH_SLOTS;
  });
}
