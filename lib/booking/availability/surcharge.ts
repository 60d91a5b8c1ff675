import { hourOfWeek } from "../../time/wall-minutes.ts";

export const CATEGORIES = ["normal", "express", "urgent", "emergency"] as const;
export type Category = (typeof CATEGORIES)[number];

/** The surcharge of each category in percent (docs/domain.md, section 6). */
export const RUSH_FEE_PERCENT: Readonly<Record<Category, number>> = {
  normal: 0,
  express: 50,
  urgent: 75,
  emergency: 100,
};

/** The category from one hour of the day to another (exclusive). All other hours are `emergency`. */
type CategoryHours = readonly (readonly [from: number, to: number, category: Category])[];

const WORKDAY: CategoryHours = [
  [7, 9, "express"],
  [9, 18, "normal"],
  [18, 21, "express"],
  [21, 23, "urgent"],
];
const SATURDAY: CategoryHours = [
  [9, 18, "normal"],
  [18, 21, "express"],
  [21, 22, "urgent"],
];
const SUNDAY: CategoryHours = [[9, 18, "express"]];

/** Indexed by the hour of the week, starting on Monday at 0:00. */
const WEEK = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, SATURDAY, SUNDAY].flatMap((hours) =>
  Array.from({ length: 24 }, (_, hour) => hours.find(([from, to]) => hour >= from && hour < to)?.[2]),
);

/** Returns the category of a slot that starts at a wall minute (docs/domain.md, section 6). Pure. */
export function categoryOf(wall: number): Category {
  return WEEK[hourOfWeek(wall)] ?? "emergency";
}

/** Multiplies a price in cents by a percentage and rounds half a cent up. Percents are whole numbers because in floating point 1290 * 1.15 is less than 1483.5. */
export const multiplyPrice = (cents: number, percent: number): number => Math.round((cents * percent) / 100);
