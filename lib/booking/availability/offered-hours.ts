import { DAY_MINUTES, weekdayOfWall } from "../../time/wall-minutes.ts";
import { cutOverlaps, intersect, type Range } from "./ranges.ts";
import { byStart, type Hours, rangeOf, type WorkingHours } from "./working-hours.ts";

/** The terms on which a service is offered at some time. */
export interface OfferTerms {
  capacity: number;
  /** Multiplies the service's price, to the hundredth; more than 1 at peak times. */
  multiplier: number;
}

/** A time slot of a service on a weekday (0 = Monday). */
export interface TimeSlot extends Hours, OfferTerms {
  weekday: number;
}

/** A range of wall minutes in which a service is offered, with its terms. */
export type OfferedHours = Range & OfferTerms;

const DEFAULT_TERMS: OfferTerms = { capacity: 1, multiplier: 1 };

/**
 * Computes when a service is offered, for the days of the working hours and the two days before them (whose hours may
 * reach past midnight). A weekday with time slots uses those, cut to the provider's working time. All other weekdays use
 * the provider's windows. See docs/domain.md, section 6. Pure.
 */
export function offeredHours(
  timeSlots: readonly TimeSlot[],
  { windows, open, first, last }: WorkingHours,
): OfferedHours[] {
  const byWeekday = Map.groupBy(timeSlots.toSorted(byStart), ({ weekday }) => weekday);
  const offered: OfferedHours[] = [];
  for (let day = first - 2 * DAY_MINUTES; day <= last; day += DAY_MINUTES) {
    const slotsOfDay = byWeekday.get(weekdayOfWall(day));
    if (slotsOfDay === undefined) {
      for (const { from, to } of windows.get(day) ?? []) offered.push({ from, to, ...DEFAULT_TERMS });
    } else {
      for (const slot of slotsOfDay) {
        offered.push({ ...rangeOf(slot, day), capacity: slot.capacity, multiplier: slot.multiplier });
      }
    }
  }
  return intersect(cutOverlaps(offered), open);
}
