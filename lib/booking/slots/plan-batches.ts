import type { Db } from "../../db/db.ts";
import { DAY_MINUTES } from "../../time/wall-clock.ts";
import { type Cursor, readFacts, type Scope, type ServiceFacts } from "./load-services.ts";
import { planServices, type ServicePlan, type Task } from "./plan-services.ts";

/** Services that are planned together: a tenth of a second of work, so that round trips do not count. */
const CHUNK = 250;
/** How many slots a chunk may have to think of: some dozens of megabytes. */
const MOST_SLOTS = 200_000;

/**
 * The plans for all services of a scope from a cursor on, in chunks.
 * @param concurrent Whether the database can be asked for the next chunk while this one is being dealt with.
 */
export async function* walk(
  db: Db,
  concurrent: boolean,
  scope: Scope,
  from: Cursor,
  task: Task,
): AsyncGenerator<ServicePlan[]> {
  const ahead: Promise<ServicePlan[]>[] = [];
  for await (const services of chunks(db, scope, from, task)) {
    const plans = planServices(db, services, task);
    plans.catch(() => {}); // thrown where it is awaited, unless somebody else throws first
    ahead.push(plans);
    if (!concurrent || ahead.length > 1) yield (await ahead.shift()) ?? [];
  }
  for (const plans of ahead) yield plans;
}

/** Where a walk stands once it is done with a service. */
export const cursorAt = ({ providerId, id }: ServiceFacts): Cursor => ({ providerId, serviceId: id });

async function* chunks(db: Db, scope: Scope, from: Cursor, { now, daysAhead }: Task): AsyncGenerator<ServiceFacts[]> {
  for (let after: Cursor | undefined = from; after !== undefined; ) {
    const services = manageable(await readFacts(db, scope, after, CHUNK, now), daysAhead);
    const last = services.at(-1);
    if (last !== undefined) yield services;
    after = last && cursorAt(last);
  }
}

/** As many of the services as make a chunk; at least one, where there is one. */
function manageable(services: readonly ServiceFacts[], daysAhead: number): ServiceFacts[] {
  let slots = 0;
  return services.filter(({ durationMinutes }, index) => {
    slots += ((daysAhead + 1) * DAY_MINUTES) / durationMinutes;
    return index === 0 || slots <= MOST_SLOTS;
  });
}
