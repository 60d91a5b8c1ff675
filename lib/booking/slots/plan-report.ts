import { dateOfWall } from "../../time/wall-clock.ts";
import type { WantedSlot } from "../availability/generate-slots.ts";
import type { PlanCounts } from "./plan-counts.ts";
import type { ServicePlan } from "./plan-services.ts";
import { rowOf, rowsOf, type SlotRow } from "./slot-rows.ts";

/** A provider's day. */
export interface DayLine extends Omit<PlanCounts, "capped"> {
  providerId: string;
  date: string;
}

/** What a run has to tell beyond its counts. Bounded, however many services there are. */
export interface PlanDetails {
  days: DayLine[];
  daysTruncated: boolean;
  conflictSlots: SlotRow[];
  cappedServices: { serviceId: string; leftOut: number }[];
  /** Every slot to which something happens, where a person wants to see them. */
  slots?: SlotRow[];
  slotsTruncated?: boolean;
}

/** Gathers the details of plans, which come by provider. */
export class PlanReport {
  readonly #slots = new Bounded<SlotRow>(5_000);
  readonly #conflicts = new Bounded<SlotRow>(500);
  readonly #capped = new Bounded<{ serviceId: string; leftOut: number }>(500);
  readonly #verbose: boolean;
  #days: DayLine[] = [];
  #daysTruncated = false;
  #provider = "";
  /** The days of the provider at hand, by their first wall minute. */
  #open = new Map<number, DayLine>();

  constructor(verbose: boolean) {
    this.#verbose = verbose;
  }

  add({ service, plan, kept }: ServicePlan): void {
    if (service.providerId !== this.#provider) this.#close();
    this.#provider = service.providerId;
    const changed = plan.change.map(({ slot }) => slot);
    this.#count("removed", plan.remove);
    this.#count("changed", changed);
    this.#count("added", plan.add);
    this.#count("expired", plan.expire);
    this.#count("kept", kept);
    this.#count("conflicts", plan.conflicts);
    if (this.#verbose) for (const row of rowsOf(service, plan)) this.#slots.add(row);
    for (const slot of plan.conflicts) this.#conflicts.add(rowOf("conflict", service, slot));
    if (plan.capped > 0) this.#capped.add({ serviceId: service.id, leftOut: plan.capped });
  }

  details(): PlanDetails {
    this.#close();
    return {
      days: this.#days,
      daysTruncated: this.#daysTruncated,
      conflictSlots: this.#conflicts.list,
      cappedServices: this.#capped.list,
      ...(this.#verbose && { slots: this.#slots.list, slotsTruncated: this.#slots.truncated }),
    };
  }

  #count(what: keyof Omit<PlanCounts, "capped">, slots: readonly WantedSlot[]): void {
    let line: DayLine | undefined;
    let lineDay: number | undefined;
    for (const { day } of slots) {
      if (line === undefined || day !== lineDay) line = this.#lineOf(day);
      lineDay = day;
      line[what] += 1;
    }
  }

  #lineOf(day: number): DayLine {
    const line = this.#open.get(day) ?? { providerId: this.#provider, date: dateOfWall(day), ...NOTHING };
    this.#open.set(day, line);
    return line;
  }

  /** Where there are too many days, those on which nothing happens go first. */
  #close(): void {
    const lines = [...this.#open].sort(([a], [b]) => a - b).map(([, line]) => line);
    this.#open = new Map();
    this.#daysTruncated ||= this.#days.length + lines.length > MOST_DAYS;
    this.#days.push(...lines);
    if (this.#daysTruncated) this.#days = this.#days.filter(happens).slice(0, MOST_DAYS);
  }
}

const MOST_DAYS = 2_000;

const NOTHING = { added: 0, changed: 0, removed: 0, expired: 0, kept: 0, conflicts: 0 };

const happens = ({ added, changed, removed, expired, conflicts }: DayLine): boolean =>
  added + changed + removed + expired + conflicts > 0;

/** A list that takes no more than so much. */
class Bounded<T> {
  readonly list: T[] = [];
  readonly #most: number;
  truncated = false;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: T): void {
    if (this.list.length < this.#most) this.list.push(item);
    else this.truncated = true;
  }
}
