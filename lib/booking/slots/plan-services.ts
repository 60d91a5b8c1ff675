import { setImmediate as nextTick } from "node:timers/promises";
import type { Db } from "../../db/db.ts";
import { DAY_MINUTES, dayOfWall } from "../../time/wall-minutes.ts";
import { type GeneratedSlot, generateSlots } from "../availability/generate-slots.ts";
import { type Schedule, type WorkingHours, workingHours } from "../availability/working-hours.ts";
import { readExistingSlots, readSlotSummaries, type ServiceMidnight, type SlotSummary } from "./existing-slots.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Service } from "./load-services.ts";
import { type ExistingSlot, type Plan, type PlanLimits, planSlots } from "./plan-slots.ts";

/** The plan for one service. */
export interface ServicePlan {
  service: Service;
  plan: Plan;
  /** Future slots that stay as they are. */
  kept: readonly GeneratedSlot[];
}

/** The settings of a run, the same for all services. */
export interface PlanOptions {
  now: Date;
  /** Slots are generated from the provider's today up to this many days later. */
  daysAhead: number;
  /** The most future slots a service may have. */
  maxSlots: number;
  forceCleanup: boolean;
}

/**
 * Plans services. On most days most services need no change: their fingerprint shows it, and only the slots of the others
 * are read.
 */
export async function planServices(db: Db, services: readonly Service[], options: PlanOptions): Promise<ServicePlan[]> {
  const windows = windowsOf(services, options);
  const summariesRead = readSlotSummaries(db, midnights(windows), options.now, options.forceCleanup);
  summariesRead.catch(() => {}); // rethrown by the await below
  await nextTick(); // sends the statement: the database computes the summaries while this process generates the slots
  const drafts = windows.map(generateInWindow);
  const summaries = await summariesRead;
  const unchanged = drafts.map((draft) => planIfUnchanged(draft, summaries.get(draft.service.id)));
  const changed = drafts.filter((_, index) => unchanged[index] === undefined);
  const existing = await readExistingSlots(db, midnights(changed), options.now, options.forceCleanup);
  return drafts.map((draft, index) => unchanged[index] ?? planDraft(draft, existing.get(draft.service.id) ?? []));
}

/** Plans services by comparing each of their slots. */
export async function planFromSlots(
  db: Db,
  services: readonly Service[],
  options: PlanOptions,
): Promise<ServicePlan[]> {
  const windows = windowsOf(services, options);
  const existing = await readExistingSlots(db, midnights(windows), options.now, options.forceCleanup);
  return windows.map((window) => planDraft(generateInWindow(window), existing.get(window.service.id) ?? []));
}

/** The days for which a service's slots are generated. */
interface ServiceWindow {
  service: Service;
  limits: PlanLimits;
  working: WorkingHours;
}

/** A window with the slots generated in it. */
interface Draft extends ServiceWindow {
  generated: GeneratedSlot[];
}

/** Services of one provider share the window's days and working hours. */
function windowsOf(services: readonly Service[], options: PlanOptions): ServiceWindow[] {
  const { now, daysAhead, maxSlots, forceCleanup } = options;
  const bySchedule = new Map<Schedule, Omit<ServiceWindow, "service">>();
  return services.map((service) => {
    const { schedule } = service;
    const { clock } = schedule;
    const first = dayOfWall(clock.wallAt(now.getTime()));
    const last = first + daysAhead * DAY_MINUTES;
    const shared = bySchedule.get(schedule) ?? {
      limits: {
        now: now.getTime(),
        today: clock.at(first).instant,
        horizon: clock.at(last + DAY_MINUTES).instant,
        maxSlots,
        forceCleanup,
      },
      working: workingHours(schedule, first, last),
    };
    bySchedule.set(schedule, shared);
    return { service, ...shared };
  });
}

const midnights = (windows: readonly ServiceWindow[]): ServiceMidnight[] =>
  windows.map(({ service, limits }) => ({ id: service.id, today: limits.today }));

const generateInWindow = (window: ServiceWindow): Draft => ({
  ...window,
  generated: window.service.active ? generateSlots(window.service, window.working) : [],
});

/** Generates slots after the horizon up to the last existing slot, which a run with more days ahead has created. */
function generateBeyondHorizon({ service, limits, working }: ServiceWindow, lastStart: number): GeneratedSlot[] {
  if (!service.active || lastStart < limits.horizon) return [];
  const { schedule } = service;
  const lastDay = dayOfWall(schedule.clock.wallAt(lastStart));
  return generateSlots(service, workingHours(schedule, working.last + DAY_MINUTES, lastDay));
}

/** Returns an empty plan if the summary shows that nothing is to change or expire; undefined otherwise. */
function planIfUnchanged(draft: Draft, summary: SlotSummary | undefined): ServicePlan | undefined {
  const { service, limits, generated } = draft;
  if (summary === undefined || summary.hasExpired) return undefined;
  const lastStart = summary.lastStart ?? limits.now;
  const inWindow = generated.filter(({ startsAt }) => startsAt > limits.now);
  const beyond = generateBeyondHorizon(draft, lastStart).filter(({ startsAt }) => startsAt <= lastStart);
  const kept = inWindow.concat(beyond).slice(0, limits.maxSlots);
  if (!matchesFingerprint(kept, summary)) return undefined;
  return { service, plan: { ...NO_CHANGES, capped: Math.max(0, inWindow.length - limits.maxSlots) }, kept };
}

const matchesFingerprint = (slots: readonly GeneratedSlot[], summary: SlotSummary): boolean =>
  slots.length === 0 ? summary.fingerprint === null : fingerprint(slots) === summary.fingerprint;

const NO_CHANGES: Plan = { add: [], change: [], remove: [], expire: [], keep: [], conflicts: [], capped: 0 };

function planDraft(draft: Draft, existing: ExistingSlot[]): ServicePlan {
  const { service, limits, generated } = draft;
  const beyond = generateBeyondHorizon(draft, existing.at(-1)?.startsAt ?? limits.now);
  const plan = planSlots(generated.concat(beyond), existing, limits);
  return { service, plan, kept: plan.keep.filter(({ startsAt }) => startsAt > limits.now) };
}
