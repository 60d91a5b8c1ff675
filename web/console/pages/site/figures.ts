import type { SiteSummary } from "../../../client/generated/types.ts";
import { addDays } from "../../routing/dates.ts";

export const MEASURES = ["visitors", "visits", "pageViews"] as const;
export type Measure = (typeof MEASURES)[number];

export const FIGURES = ["visitors", "visits", "pageViews", "bounceRate", "visitDurationSeconds"] as const;
export type FigureName = (typeof FIGURES)[number];

/** A figure's change against the span before. */
export type Change =
  | { kind: "percent" | "points"; value: number }
  /** There was nothing before. */
  | { kind: "new"; value: number };

/** The span of the same length right before one. Pure. */
export function spanBefore(from: string, to: string): { from: string; to: string } {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

/** Rates change by points, the others in percent. Undefined if one of the values is unknown. Pure. */
export function changeOf(name: FigureName, now: SiteSummary, before: SiteSummary): Change | undefined {
  const [current, previous] = [now[name], before[name]];
  if (current === null || previous === null) return undefined;
  if (name === "bounceRate") return { kind: "points", value: current - previous };
  if (previous === 0) return current === 0 ? { kind: "percent", value: 0 } : { kind: "new", value: 1 };
  return { kind: "percent", value: (100 * (current - previous)) / previous };
}
