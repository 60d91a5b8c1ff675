import * as z from "zod";
import { config } from "../../config/config.ts";
import type { Db } from "../../db/db.ts";
import { flag, id, whole } from "../../http/fields.ts";
import type { OccurrenceJob, Progress, RunContext, RunResult } from "../../jobs/job.ts";
import { type AppliedPlans, applyPlans } from "./apply-plans.ts";
import { type Cursor, countServices, FIRST_CURSOR, requireKnownIds, type Scope } from "./load-services.ts";
import { maintenanceResult } from "./maintenance-result.ts";
import { cursorAfter, planBatches } from "./plan-batches.ts";
import { addPlans, NO_SLOTS, type PlanCounts, PlanReport } from "./plan-report.ts";
import type { PlanOptions, ServicePlan } from "./plan-services.ts";
import { countChanges } from "./plan-slots.ts";

const MAX_IDS = 1000;

const expected = { error: `an id, or a list of 1 to ${MAX_IDS} ids` };
const ids = z
  .union([id, z.array(id, expected).min(1, expected).max(MAX_IDS, expected)], expected)
  .transform((oneOrMore) => [oneOrMore].flat())
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
  /** The service after the cursor, if a part of its plan is applied. Stored in the ledger, so the key keeps its name. */
  begun?: string | undefined;
}

/** Keeps bookable slots available as far ahead as requested, and removes outdated ones (docs/domain.md, section 6). */
export const slotMaintenance: OccurrenceJob<MaintenanceState, Parameters> = {
  name: "slot-maintenance",
  command: "slots",
  path: "/api/events/slots",
  summary: "Keeps bookable slots available for the days ahead, and removes outdated ones.",
  parameters,
  result: maintenanceResult,
  check: (db, params) => requireKnownIds(db, scopeOf(params)),
  run: maintain,
};

const scopeOf = ({ providerId, serviceId }: Parameters): Scope => ({ providerIds: providerId, serviceIds: serviceId });

async function maintain(context: RunContext<MaintenanceState>, params: Parameters): Promise<RunResult> {
  const { slots, preview } = config();
  if (!slots.automated) return { counts: { disabled: true } };
  const { now } = context;
  const { daysAhead, forceCleanup, dryRun, verbose } = params;
  const options: PlanOptions = { now, daysAhead, maxSlots: slots.mostPerService, forceCleanup };
  const scope = scopeOf(params);
  const report = new PlanReport(verbose);
  const applies = !dryRun && !preview;
  context.step("plan-slots");
  let state = context.state ?? (await initialState(context.db, scope));
  for await (const batch of planBatches(context.db, context.concurrent, scope, state, options)) {
    context.step("write-slots");
    for (let plans = batch; plans.length > 0; ) {
      let step: AppliedPlans = { plans, completed: plans.length, partial: undefined };
      state = await context.checkpoint(async (tx) => {
        if (applies) {
          step = await applyPlans(tx, firstPlans(plans, slots.batchSize), options, slots.batchSize, state.begun);
        }
        return nextState(state, plans, step);
      });
      for (const plan of step.plans) report.add(plan);
      plans = plans.slice(step.completed);
    }
    context.step("plan-slots");
  }
  const counts = {
    services: state.done,
    ...state.counts,
    ...(!applies && { planned: true }),
    ...(preview && { planOnly: true }),
  };
  return { counts, details: { ...report.details(), ...(context.state !== undefined && { continued: true }) } };
}

async function initialState(db: Db, scope: Scope): Promise<MaintenanceState> {
  return { ...FIRST_CURSOR, done: 0, total: await countServices(db, scope), counts: NO_SLOTS };
}

/** Takes the first plans that together have at most `maxChanges`, but at least one plan. */
function firstPlans(plans: readonly ServicePlan[], maxChanges: number): ServicePlan[] {
  let sum = 0;
  return plans.filter(({ plan }, index) => {
    sum += countChanges(plan);
    return index === 0 || sum <= maxChanges;
  });
}

function nextState(state: MaintenanceState, plans: readonly ServicePlan[], step: AppliedPlans): MaintenanceState {
  const last = plans[step.completed - 1]?.service;
  return {
    ...state,
    ...(last && cursorAfter(last)),
    done: state.done + step.completed,
    counts: addPlans(state.counts, step.plans),
    begun: step.partial,
  };
}
