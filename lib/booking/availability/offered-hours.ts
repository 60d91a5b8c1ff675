import { DAY_MINUTES, weekdayOfWall } from "../../time/wall-clock.ts";
import { inTurn, intersect, type Range } from "./ranges.ts";
import { byStart, type Hours, rangeOf, type WorkingHours } from "./working-hours.ts";

/** How slots of a service are offered at some time. */
export interface Terms {
  capacity: number;
  /** Of the service's price, to the hundredth; over 1 at peak times. */
  multiplier: number;
}

/** When a service is offered on a weekday, 0 = Monday. */
export interface TimeSlot extends Hours, Terms {
  weekday: number;
}

/** A stretch of wall minutes in which a service is offered. */
export type Offer = Range & Terms;

const PLAIN: Terms = { capacity: 1, multiplier: 1 };

/**
 * When a service is offered, on the days of the working hours and in the night before them: by its own time slots on
 * weekdays that have any, and on the others by the windows of its provider, both cut to when the provider works.
 */
export function offeredHours(timeSlots: readonly TimeSlot[], { windows, open, first, last }: WorkingHours): Offer[] {
  const own = Map.groupBy(timeSlots.toSorted(byStart), ({ weekday }) => weekday);
  const offers: Offer[] = [];
  for (let day = first - 2 * DAY_MINUTES; day <= last; day += DAY_MINUTES) {
    const ownOfDay = own.get(weekdayOfWall(day));
    if (ownOfDay === undefined) {
      for (const { from, to } of windows.get(day) ?? []) offers.push({ from, to, ...PLAIN });
    } else {
      for (const slot of ownOfDay) {
        offers.push({ ...rangeOf(slot, day), capacity: slot.capacity, multiplier: slot.multiplier });
      }
    }
  }
  return intersect(inTurn(offers), open);
}
