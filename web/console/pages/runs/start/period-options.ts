import { addDays, dateIn } from "../../../routing/dates.ts";
import type { Language } from "../../../ui/locale.tsx";
import { weekStart } from "../job/week-start.ts";
import { monthLabel, weekLabel } from "../sentences/period.ts";

const WEEKS = 52;
const MONTHS = 24;

/** The completed weeks of a year, newest first: their Monday, and their name. Pure. */
export function recentWeeks(now: Date, zone: string, language: Language): [string, string][] {
  const monday = weekStart(now, zone);
  return Array.from({ length: WEEKS }, (_, index) => {
    const start = addDays(monday, -7 * (index + 1));
    const end = `${addDays(start, 7)}T00:00:00Z`;
    return [start, `${weekLabel(end, "UTC", language)} ${addDays(start, 6).slice(0, 4)}`];
  });
}

/** The completed months of two years, newest first: `YYYY-MM`, and their name. Pure. */
export function recentMonths(now: Date, zone: string, language: Language): [string, string][] {
  const [year, month] = dateIn(zone, now).split("-").map(Number) as [number, number, number];
  return Array.from({ length: MONTHS }, (_, index) => {
    const end = new Date(Date.UTC(year, month - 1 - index, 1));
    const name = new Date(Number(end) - 1).toISOString().slice(0, 7);
    return [name, monthLabel(end.toISOString(), "UTC", language)];
  });
}
