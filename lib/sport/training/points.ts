/**
 * Points (docs/domain.md, section 3): normalised amount x points per unit x personal factor, rounded to 2 decimals. Pure.
 */

import { KM_PER_MILE } from "../../units.ts";

/** How exercises are measured. */
export const MEASURES = ["reps", "time", "distance"] as const;

export type Measure = (typeof MEASURES)[number];

/** The units that clients may send, as factors to repetitions, seconds and kilometres. */
export const UNITS: Record<Measure, Readonly<Record<string, number>>> = {
  reps: { reps: 1, rep: 1 },
  time: { s: 1, sec: 1, seconds: 1, min: 60, minutes: 60, h: 3600, hours: 3600 },
  distance: { km: 1, m: 0.001, mi: KM_PER_MILE, mile: KM_PER_MILE, miles: KM_PER_MILE },
};

/** The unit to which amounts are normalised. */
export const BASE_UNIT: Record<Measure, string> = { reps: "reps", time: "s", distance: "km" };

const BASE_POINTS: Record<Measure, number> = { reps: 1, time: 1 / 60, distance: 10 };

/** Points per repetition, second or kilometre that follow from an exercise's difficulty. @param tier 1 to 10. */
export function autoPointsPerUnit(measure: Measure, tier: number): number {
  return (BASE_POINTS[measure] * tier) / 5;
}

/** 1 + extra weight / body weight, limited to 0.8 to 1.2; 1 if either weight is unknown. */
export function personalFactor(extraKg: number | undefined, bodyKg: number | undefined): number {
  if (extraKg === undefined || bodyKg === undefined || bodyKg <= 0) return 1;
  return Math.min(1.2, Math.max(0.8, 1 + extraKg / bodyKg));
}

/**
 * Converts an amount to repetitions, seconds or kilometres, rounded to 9 decimals. Hundredths of a mile stay exact.
 * @returns undefined if the measure has no such unit.
 */
export function normaliseAmount(measure: Measure, quantity: number, unit: string): number | undefined {
  const units = UNITS[measure];
  return Object.hasOwn(units, unit) ? round(quantity * (units[unit] ?? Number.NaN), 9) : undefined;
}

/** A whole activity, or one set of it. */
export interface Effort {
  /** Repetitions, seconds or kilometres. */
  amount: number;
  extraKg: number | undefined;
}

/** Points of an activity. Sets are added up before rounding. */
export function pointsOf(efforts: Effort[], pointsPerUnit: number, bodyKg: number | undefined): number {
  const points = efforts.map(({ amount, extraKg }) => amount * pointsPerUnit * personalFactor(extraKg, bodyKg));
  return round(
    points.reduce((sum, part) => sum + part, 0),
    2,
  );
}

/** Rounds half up in decimal: 1.005 becomes 1.01, although its binary form is smaller. Trusts 12 digits. */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(Number((value * factor).toPrecision(12))) / factor;
}
