import { setImmediate as turn } from "node:timers/promises";
import type { Db } from "../../db/db.ts";
import { DAY_MINUTES, dayOfWall } from "../../time/wall-clock.ts";
import { type WantedSlot, wantedSlots } from "../availability/generate-slots.ts";
import { type Schedule, type WorkingHours, workingHours } from "../availability/working-hours.ts";
import { readSlots, readStanding, type Standing, type Watched } from "./existing-slots.ts";
import { fingerprint } from "./fingerprint.ts";
import type { ServiceFacts } from "./load-services.ts";
import { type Bounds, type ExistingSlot, type Plan, planSlots } from "./plan-slots.ts";

/** What is to be done about the slots of a service. */
export interface ServicePlan {
  service: ServiceFacts;
  plan: Plan;
  /** Those ahead that stay as they are. */
  kept: readonly WantedSlot[];
}

/** What a run wants of all services. */
export interface Task {
  now: Date;
  /** Slots are wanted from the provider's today up to so many days later. */
  daysAhead: number;
  /** How many slots a service may have ahead. */
  most: number;
  forceCleanup: boolean;
}

/** To how many slots a plan does something. */
export const changesIn = ({ add, change, remove, expire }: Plan): number =>
  add.length + change.length + remove.length + expire.length;

/**
 * Plans services. Most of them, on most days, stand as they should: these are told by their fingerprint, and only the
 * slots of the others are read.
 */
export async function planServices(db: Db, services: readonly ServiceFacts[], task: Task): Promise<ServicePlan[]> {
  const spans = spansOf(services, task);
  const standings = readStanding(db, watch(spans), task.now, task.forceCleanup);
  standings.catch(() => {}); // thrown where it is awaited
  await turn(); // the statement is on its way: the database works it out while this process works out what is wanted
  const drafts = spans.map(draftOf);
  const standing = await standings;
  const settled = drafts.map((draft) => settledAs(draft, standing.get(draft.service.id)));
  const others = drafts.filter((_, index) => settled[index] === undefined);
  const existing = await readSlots(db, watch(others), task.now, task.forceCleanup);
  return drafts.map((draft, index) => settled[index] ?? planOf(draft, existing.get(draft.service.id) ?? []));
}

/** Plans services by a look at each of their slots. */
export async function planInDetail(db: Db, services: readonly ServiceFacts[], task: Task): Promise<ServicePlan[]> {
  const spans = spansOf(services, task);
  const existing = await readSlots(db, watch(spans), task.now, task.forceCleanup);
  return spans.map((span) => planOf(draftOf(span), existing.get(span.service.id) ?? []));
}

/** The days on which slots of a service are wanted. */
interface Span {
  service: ServiceFacts;
  bounds: Bounds;
  working: WorkingHours;
}

/** And which. */
interface Draft extends Span {
  wanted: WantedSlot[];
}

/** Services of one provider share its days and hours. */
function spansOf(services: readonly ServiceFacts[], { now, daysAhead, most, forceCleanup }: Task): Span[] {
  const known = new Map<Schedule, Omit<Span, "service">>();
  return services.map((service) => {
    const { schedule } = service;
    const { clock } = schedule;
    const first = dayOfWall(clock.wallAt(now.getTime()));
    const last = first + daysAhead * DAY_MINUTES;
    const shared = known.get(schedule) ?? {
      bounds: {
        now: now.getTime(),
        today: clock.at(first).instant,
        horizon: clock.at(last + DAY_MINUTES).instant,
        most,
        forceCleanup,
      },
      working: workingHours(schedule, first, last),
    };
    known.set(schedule, shared);
    return { service, ...shared };
  });
}

const watch = (spans: readonly Span[]): Watched[] =>
  spans.map(({ service, bounds }) => ({ id: service.id, today: bounds.today }));

const draftOf = (span: Span): Draft => ({
  ...span,
  wanted: span.service.active ? wantedSlots(span.service, span.working) : [],
});

/** What is wanted on later days, up to that of the last slot there is: a run for more days was here. */
function wantedBeyond({ service, bounds, working }: Span, lastStart: number): WantedSlot[] {
  if (!service.active || lastStart < bounds.horizon) return [];
  const { schedule } = service;
  const until = dayOfWall(schedule.clock.wallAt(lastStart));
  return wantedSlots(service, workingHours(schedule, working.last + DAY_MINUTES, until));
}

/** The plan for a service whose slots are what they ought to be, and none is to expire; undefined where that is not so. */
function settledAs(draft: Draft, standing: Standing | undefined): ServicePlan | undefined {
  const { service, bounds, wanted } = draft;
  if (standing === undefined || standing.stale) return undefined;
  const last = standing.last ?? bounds.now;
  const inSpan = wanted.filter(({ startsAt }) => startsAt > bounds.now);
  const beyond = wantedBeyond(draft, last).filter(({ startsAt }) => startsAt <= last);
  const kept = inSpan.concat(beyond).slice(0, bounds.most);
  if (!standAs(kept, standing)) return undefined;
  return { service, plan: { ...NOTHING, capped: Math.max(0, inSpan.length - bounds.most) }, kept };
}

const standAs = (slots: readonly WantedSlot[], standing: Standing): boolean =>
  slots.length === 0 ? standing.fingerprint === null : fingerprint(slots) === standing.fingerprint;

const NOTHING: Plan = { add: [], change: [], remove: [], expire: [], keep: [], conflicts: [], capped: 0 };

function planOf(draft: Draft, existing: ExistingSlot[]): ServicePlan {
  const { service, bounds, wanted } = draft;
  const beyond = wantedBeyond(draft, existing.at(-1)?.startsAt ?? bounds.now);
  const plan = planSlots(wanted.concat(beyond), existing, bounds);
  return { service, plan, kept: plan.keep.filter(({ startsAt }) => startsAt > bounds.now) };
}
