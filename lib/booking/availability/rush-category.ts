import { hourOfWeek } from "../../time/wall-clock.ts";

export type Category = "normal" | "express" | "urgent" | "emergency";

/** The surcharge of each category, in percent (domain, section 6). */
export const RUSH_FEE_PERCENT: Readonly<Record<Category, number>> = {
  normal: 0,
  express: 50,
  urgent: 75,
  emergency: 100,
};

/** From an hour of the day, to an hour of the day (exclusive), a category; every other hour is an emergency. */
type Hours = readonly (readonly [from: number, to: number, category: Category])[];

const WORKDAY: Hours = [
  [7, 9, "express"],
  [9, 18, "normal"],
  [18, 21, "express"],
  [21, 23, "urgent"],
];
const SATURDAY: Hours = [
  [9, 18, "normal"],
  [18, 21, "express"],
  [21, 22, "urgent"],
];
const SUNDAY: Hours = [[9, 18, "express"]];

/** By hour of the week, from Monday 0:00 on. */
const WEEK = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, SATURDAY, SUNDAY].flatMap((hours) =>
  Array.from({ length: 24 }, (_, hour) => hours.find(([from, to]) => hour >= from && hour < to)?.[2]),
);

/** The category of a slot that starts at a wall minute (domain, section 6). Pure. */
export function categoryOf(wall: number): Category {
  return WEEK[hourOfWeek(wall)] ?? "emergency";
}
