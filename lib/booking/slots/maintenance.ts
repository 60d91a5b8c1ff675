import * as z from "zod";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { flag, id, whole } from "../../http/fields.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../../jobs/job.ts";
import { type Healed, heal } from "./apply-plans.ts";
import { BEGINNING, type Cursor, countServices, requireKnown, type Scope } from "./load-services.ts";
import { cursorAt, walk } from "./plan-batches.ts";
import { addPlans, NO_SLOTS, type PlanCounts } from "./plan-counts.ts";
import { PlanReport } from "./plan-report.ts";
import { changesIn, type ServicePlan, type Task } from "./plan-services.ts";

const LONGEST_LIST = 1000;

const expected = { error: `an id, or a list of 1 to ${LONGEST_LIST} ids` };
const ids = z
  .union([id, z.array(id, expected).min(1, expected).max(LONGEST_LIST, expected)], expected)
  .transform((given) => [given].flat())
  .optional();

const parameters = z.strictObject({
  daysAhead: whole(0, 365).default(30),
  providerId: ids,
  serviceId: ids,
  dryRun: flag,
  forceCleanup: flag,
  verbose: flag,
});

type Parameters = z.output<typeof parameters>;

interface MaintenanceState extends Progress, Cursor {
  counts: PlanCounts;
  /** The service after the cursor, where a part of it is done. */
  begun?: string | undefined;
}

/** Keeps bookable slots as far ahead as wanted, and only such (domain, section 6). */
export const slotMaintenance: OccurrenceJob<MaintenanceState, Parameters> = {
  name: "slot-maintenance",
  command: "slots",
  path: "/api/events/slots",
  summary: "Keeps bookable slots as far ahead as wanted, and only such.",
  parameters,
  check: (db, given) => requireKnown(db, scopeOf(given)),
  run: maintain,
};

const scopeOf = ({ providerId, serviceId }: Parameters): Scope => ({ providerIds: providerId, serviceIds: serviceId });

async function maintain(context: RunContext<MaintenanceState>, given: Parameters): Promise<RunResult> {
  const { slots, preview } = config();
  if (!slots.automated) return { counts: { disabled: true } };
  const { now } = context;
  const { daysAhead, forceCleanup, dryRun, verbose } = given;
  const task: Task = { now, daysAhead, most: slots.mostPerService, forceCleanup };
  const scope = scopeOf(given);
  const report = new PlanReport(verbose);
  const carriesOut = !dryRun && !preview;
  let state = context.state ?? (await begin(context.db, scope));
  for await (const looked of walk(context.db, context.concurrent, scope, state, task)) {
    for (let plans = looked; plans.length > 0; ) {
      let done: Healed = { plans, finished: plans.length, begun: undefined };
      state = await context.checkpoint(async (tx) => {
        if (carriesOut) done = await heal(tx, asMuchAs(slots.batchSize, plans), task, slots.batchSize, state.begun);
        return advance(state, plans, done);
      });
      for (const plan of done.plans) report.add(plan);
      plans = plans.slice(done.finished);
    }
  }
  const counts = {
    services: state.done,
    ...state.counts,
    ...(!carriesOut && { planned: true }),
    ...(preview && { planOnly: true }),
  };
  return { counts, details: { ...report.details(), ...(context.state !== undefined && { continued: true }) } };
}

async function begin(db: Db, scope: Scope): Promise<MaintenanceState> {
  return { ...BEGINNING, done: 0, total: await countServices(db, scope), counts: NO_SLOTS };
}

/** The first plans that together come to so many changes; at least one. */
function asMuchAs(changes: number, plans: readonly ServicePlan[]): ServicePlan[] {
  let sum = 0;
  return plans.filter(({ plan }, index) => {
    sum += changesIn(plan);
    return index === 0 || sum <= changes;
  });
}

function advance(state: MaintenanceState, plans: readonly ServicePlan[], done: Healed): MaintenanceState {
  const last = plans[done.finished - 1]?.service;
  return {
    ...state,
    ...(last && cursorAt(last)),
    done: state.done + done.finished,
    counts: addPlans(state.counts, done.plans),
    begun: done.begun,
  };
}
