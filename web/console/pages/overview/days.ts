import { addDays } from "../../routing/dates.ts";

/** All dates from one to another, both included. Pure. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}
