import { dateOfWall } from "../../time/wall-minutes.ts";
import type { GeneratedSlot } from "../availability/generate-slots.ts";
import type { Service } from "./load-services.ts";
import type { ServicePlan } from "./plan-services.ts";
import type { Plan } from "./plan-slots.ts";

/** The number of slots by what happens to them. `capped` are the slots that the limit leaves out. */
export interface PlanCounts {
  added: number;
  changed: number;
  removed: number;
  expired: number;
  kept: number;
  conflicts: number;
  capped: number;
}

const NO_DAY_COUNTS = { added: 0, changed: 0, removed: 0, expired: 0, kept: 0, conflicts: 0 };

export const NO_SLOTS: Readonly<PlanCounts> = { ...NO_DAY_COUNTS, capped: 0 };

/** Adds the counts of plans. Returns the sum. */
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

/** One slot and what happens to it. Kept slots have no row. */
export interface SlotRow {
  action: "add" | "change" | "remove" | "expire" | "conflict";
  /** The id of an existing slot. */
  id?: number;
  serviceId: string;
  providerId: string;
  date: string;
  startsAt: string;
  endsAt: string;
  capacity: number;
  /** The booked and held places of an existing slot. */
  booked?: number;
  category: string;
  price: number;
}

/** Lists a plan slot by slot, in the order in which it is applied (apply-plans.ts). */
function planRows(service: Service, { remove, change, add, expire, conflicts }: Plan): SlotRow[] {
  return [
    ...remove.map((slot) => slotRow("remove", service, slot)),
    ...change.map(({ id, slot }) => slotRow("change", service, { id, ...slot })),
    ...add.map((slot) => slotRow("add", service, slot)),
    ...expire.map((slot) => slotRow("expire", service, slot)),
    ...conflicts.map((slot) => slotRow("conflict", service, slot)),
  ];
}

function slotRow(
  action: SlotRow["action"],
  service: Service,
  slot: GeneratedSlot & { id?: number; taken?: number },
): SlotRow {
  return {
    action,
    ...(slot.id !== undefined && { id: slot.id }),
    serviceId: service.id,
    providerId: service.providerId,
    date: dateOfWall(slot.day),
    startsAt: new Date(slot.startsAt).toISOString(),
    endsAt: new Date(slot.endsAt).toISOString(),
    capacity: slot.capacity,
    ...(slot.taken !== undefined && { booked: slot.taken }),
    category: slot.category,
    price: slot.priceCents / 100,
  };
}

/** The counts of one provider on one day. */
export interface ProviderDay extends Omit<PlanCounts, "capped"> {
  providerId: string;
  date: string;
}

/** The details that a run reports beside its counts. Their size is limited, however many services there are. */
export interface PlanDetails {
  days: ProviderDay[];
  daysTruncated: boolean;
  conflictSlots: SlotRow[];
  cappedServices: { serviceId: string; leftOut: number }[];
  /** Every slot that the plan changes, with `verbose`. */
  slots?: SlotRow[];
  slotsTruncated?: boolean;
}

const MAX_DAYS = 2_000;

/** Collects the details of plans, which come sorted by provider. */
export class PlanReport {
  readonly #slots = new LimitedList<SlotRow>(5_000);
  readonly #conflicts = new LimitedList<SlotRow>(500);
  readonly #capped = new LimitedList<{ serviceId: string; leftOut: number }>(500);
  readonly #verbose: boolean;
  #days: ProviderDay[] = [];
  #daysTruncated = false;
  #providerId = "";
  /** The days of the current provider, by their first wall minute. */
  #openDays = new Map<number, ProviderDay>();

  constructor(verbose: boolean) {
    this.#verbose = verbose;
  }

  add({ service, plan, kept }: ServicePlan): void {
    if (service.providerId !== this.#providerId) this.#closeProvider();
    this.#providerId = service.providerId;
    const changed = plan.change.map(({ slot }) => slot);
    this.#count("removed", plan.remove);
    this.#count("changed", changed);
    this.#count("added", plan.add);
    this.#count("expired", plan.expire);
    this.#count("kept", kept);
    this.#count("conflicts", plan.conflicts);
    if (this.#verbose) for (const row of planRows(service, plan)) this.#slots.add(row);
    for (const slot of plan.conflicts) this.#conflicts.add(slotRow("conflict", service, slot));
    if (plan.capped > 0) this.#capped.add({ serviceId: service.id, leftOut: plan.capped });
  }

  details(): PlanDetails {
    this.#closeProvider();
    return {
      days: this.#days,
      daysTruncated: this.#daysTruncated,
      conflictSlots: this.#conflicts.list,
      cappedServices: this.#capped.list,
      ...(this.#verbose && { slots: this.#slots.list, slotsTruncated: this.#slots.truncated }),
    };
  }

  #count(action: keyof Omit<PlanCounts, "capped">, slots: readonly GeneratedSlot[]): void {
    let counts: ProviderDay | undefined;
    let countedDay: number | undefined;
    for (const { day } of slots) {
      if (counts === undefined || day !== countedDay) counts = this.#countsOf(day);
      countedDay = day;
      counts[action] += 1;
    }
  }

  #countsOf(day: number): ProviderDay {
    const counts = this.#openDays.get(day) ?? { providerId: this.#providerId, date: dateOfWall(day), ...NO_DAY_COUNTS };
    this.#openDays.set(day, counts);
    return counts;
  }

  /** Moves the current provider's days to the list. If there are too many, days without changes are dropped first. */
  #closeProvider(): void {
    const days = [...this.#openDays].sort(([a], [b]) => a - b).map(([, counts]) => counts);
    this.#openDays = new Map();
    this.#daysTruncated ||= this.#days.length + days.length > MAX_DAYS;
    this.#days.push(...days);
    if (this.#daysTruncated) this.#days = this.#days.filter(hasEvents).slice(0, MAX_DAYS);
  }
}

const hasEvents = ({ added, changed, removed, expired, conflicts }: ProviderDay): boolean =>
  added + changed + removed + expired + conflicts > 0;

/** A list that drops what exceeds its limit. */
class LimitedList<T> {
  readonly list: T[] = [];
  readonly #limit: number;
  truncated = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(item: T): void {
    if (this.list.length < this.#limit) this.list.push(item);
    else this.truncated = true;
  }
}
