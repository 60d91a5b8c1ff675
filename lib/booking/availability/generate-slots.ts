import { MINUTE_MS } from "../../time/durations.ts";
import { dayOfWall } from "../../time/wall-minutes.ts";
import { type OfferedHours, offeredHours, type TimeSlot } from "./offered-hours.ts";
import { type Category, categoryOf, multiplyPrice, RUSH_FEE_PERCENT } from "./surcharge.ts";
import type { WorkingHours } from "./working-hours.ts";

/** The settings of a service that determine its slots. Times in minutes, money in cents. */
export interface SlotSettings {
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  priceCents: number;
  timeSlots: readonly TimeSlot[];
}

/** A slot that should exist according to the settings. Instants in milliseconds since the epoch. */
export interface GeneratedSlot {
  startsAt: number;
  endsAt: number;
  /** The period with its buffers, in which the provider is busy. */
  busyFrom: number;
  busyUntil: number;
  /** The first wall minute of the local date on which the slot starts. */
  day: number;
  capacity: number;
  category: Category;
  rushFeePercent: number;
  /** Price before the surcharge. */
  basePriceCents: number;
  /** Price with the surcharge. */
  priceCents: number;
}

/**
 * Generates the slots of a service that start on the days of its provider's working hours, in order of their start
 * (docs/domain.md, section 6). Pure.
 * @throws RangeError for a service without a duration.
 */
export function generateSlots(settings: SlotSettings, working: WorkingHours): GeneratedSlot[] {
  const { durationMinutes } = settings;
  if (durationMinutes <= 0) throw new RangeError(`durationMinutes: expected at least 1, got ${durationMinutes}`);
  const slots: GeneratedSlot[] = [];
  for (const offered of offeredHours(settings.timeSlots, working)) addSlotsIn(offered, settings, working, slots);
  return slots;
}

/**
 * Divides offered hours into slots, one after another from their beginning. A slot with its buffers must fit both on the
 * wall clock and in real time: a start that the clock skips gives no slot, and one that it shows twice gives the first.
 */
function addSlotsIn(
  offered: OfferedHours,
  settings: SlotSettings,
  { clock, first, last }: WorkingHours,
  slots: GeneratedSlot[],
): void {
  const { durationMinutes, bufferBefore, bufferAfter } = settings;
  const basePriceCents = multiplyPrice(settings.priceCents, Math.round(offered.multiplier * 100));
  const length = bufferBefore + durationMinutes + bufferAfter;
  for (let from = offered.from; from + length <= offered.to; from += length) {
    const wall = from + bufferBefore;
    const day = dayOfWall(wall);
    if (day < first || day > last) continue;
    const start = clock.at(wall);
    const startsAt = start.instant;
    const busyFrom = startsAt - bufferBefore * MINUTE_MS;
    const endsAt = startsAt + durationMinutes * MINUTE_MS;
    const busyUntil = endsAt + bufferAfter * MINUTE_MS;
    if (!start.exists || busyFrom < clock.at(from).instant || busyUntil > clock.at(from + length).instant) continue;
    const category = categoryOf(wall);
    const rushFeePercent = RUSH_FEE_PERCENT[category];
    const priceCents = multiplyPrice(basePriceCents, 100 + rushFeePercent);
    slots.push({
      startsAt,
      endsAt,
      busyFrom,
      busyUntil,
      day,
      capacity: offered.capacity,
      category,
      rushFeePercent,
      basePriceCents,
      priceCents,
    });
  }
}
