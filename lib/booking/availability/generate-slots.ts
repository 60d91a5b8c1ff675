import { dayOfWall, MINUTE_MS } from "../../time/wall-clock.ts";
import { type Offer, offeredHours, type TimeSlot } from "./offered-hours.ts";
import { type Category, categoryOf, RUSH_FEE_PERCENT } from "./rush-category.ts";
import type { WorkingHours } from "./working-hours.ts";

/** What a service's slots are made of. Minutes; money in cents. */
export interface Service {
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  priceCents: number;
  timeSlots: readonly TimeSlot[];
}

/** A slot as it ought to be. Instants in milliseconds since the epoch. */
export interface WantedSlot {
  startsAt: number;
  endsAt: number;
  /** With the buffers: how long the provider is taken. */
  busyFrom: number;
  busyUntil: number;
  /** The first wall minute of the local date on which it starts. */
  day: number;
  capacity: number;
  category: Category;
  rushFeePercent: number;
  /** Before the surcharge, and with it. */
  basePriceCents: number;
  priceCents: number;
}

/**
 * The slots of a service that start on the days of its provider's working hours, in order (domain, section 6). Pure.
 * @throws RangeError for a service that takes no time.
 */
export function wantedSlots(service: Service, working: WorkingHours): WantedSlot[] {
  const { durationMinutes } = service;
  if (durationMinutes <= 0) throw new RangeError(`expected a service of a minute or more, found ${durationMinutes}`);
  const slots: WantedSlot[] = [];
  for (const offer of offeredHours(service.timeSlots, working)) addSlotsIn(offer, service, working, slots);
  return slots;
}

/**
 * The pieces of an offer, one after another from its beginning. A piece and its buffers fit by the wall and in real time:
 * where the clock is put forward, what it skips gives no slot; where it is put back, what it shows twice gives the first.
 */
function addSlotsIn(offer: Offer, service: Service, { clock, first, last }: WorkingHours, slots: WantedSlot[]): void {
  const { durationMinutes, bufferBefore, bufferAfter } = service;
  const basePriceCents = priceTimes(service.priceCents, Math.round(offer.multiplier * 100));
  const piece = bufferBefore + durationMinutes + bufferAfter;
  for (let from = offer.from; from + piece <= offer.to; from += piece) {
    const wall = from + bufferBefore;
    const day = dayOfWall(wall);
    if (day < first || day > last) continue;
    const start = clock.at(wall);
    const startsAt = start.instant;
    const busyFrom = startsAt - bufferBefore * MINUTE_MS;
    const endsAt = startsAt + durationMinutes * MINUTE_MS;
    const busyUntil = endsAt + bufferAfter * MINUTE_MS;
    if (!start.exists || busyFrom < clock.at(from).instant || busyUntil > clock.at(from + piece).instant) continue;
    const category = categoryOf(wall);
    const rushFeePercent = RUSH_FEE_PERCENT[category];
    const priceCents = priceTimes(basePriceCents, 100 + rushFeePercent);
    slots.push({
      startsAt,
      endsAt,
      busyFrom,
      busyUntil,
      day,
      capacity: offer.capacity,
      category,
      rushFeePercent,
      basePriceCents,
      priceCents,
    });
  }
}

/** Whole percents of cents, half a cent up. In whole numbers all along, since 1290 * 1.15 falls short of 1483.5. */
const priceTimes = (cents: number, percent: number): number => Math.round((cents * percent) / 100);
