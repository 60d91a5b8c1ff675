import { addDays, dateIn } from "../../../routing/dates.ts";

/** The local date of the Monday of this week. Pure. */
export function weekStart(now: Date, zone: string): string {
  const today = dateIn(zone, now);
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(today, -weekday);
}
