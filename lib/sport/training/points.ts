/** Points (domain, section 3): normalised amount x points per unit x personal factor, rounded to 2 decimals. Pure. */

import { KM_PER_MILE } from "../../units.ts";

export type Measure = "reps" | "time" | "distance";

/** Units a client may send, as factors to reps, seconds and kilometres. */
export const UNITS: Record<Measure, Readonly<Record<string, number>>> = {
  reps: { reps: 1, rep: 1 },
  time: { s: 1, sec: 1, seconds: 1, min: 60, minutes: 60, h: 3600, hours: 3600 },
  distance: { km: 1, m: 0.001, mi: KM_PER_MILE, mile: KM_PER_MILE, miles: KM_PER_MILE },
};

/** The unit amounts are normalised to. */
export const BASE_UNIT: Record<Measure, string> = { reps: "reps", time: "s", distance: "km" };

const BASE_POINTS: Record<Measure, number> = { reps: 1, time: 1 / 60, distance: 10 };

/** Points per rep, second or km of an exercise whose points are set automatically; tier 1-10. */
export function autoPointsPerUnit(measure: Measure, tier: number): number {
  return (BASE_POINTS[measure] * tier) / 5;
}

/** Heavier for one's weight counts more, between 0.8 and 1.2; 1 where either weight is unknown. */
export function personalFactor(extraKg: number | undefined, bodyKg: number | undefined): number {
  if (extraKg === undefined || bodyKg === undefined || bodyKg <= 0) return 1;
  return Math.min(1.2, Math.max(0.8, 1 + extraKg / bodyKg));
}

/** An amount in reps, seconds or km to 9 decimals, which holds miles to the hundredth exactly. @returns undefined for a unit that is not one of the measure's. */
export function normalise(measure: Measure, quantity: number, unit: string): number | undefined {
  const units = UNITS[measure];
  return Object.hasOwn(units, unit) ? round(quantity * (units[unit] ?? Number.NaN), 9) : undefined;
}

/** One part of an activity: all of it, or one set. */
export interface Effort {
  /** Reps, seconds or km. */
  amount: number;
  extraKg: number | undefined;
}

/** Points of an activity; sets are summed before rounding. */
export function pointsOf(efforts: Effort[], pointsPerUnit: number, bodyKg: number | undefined): number {
  const points = efforts.map(({ amount, extraKg }) => amount * pointsPerUnit * personalFactor(extraKg, bodyKg));
  return round(
    points.reduce((sum, part) => sum + part, 0),
    2,
  );
}

/** Rounds half up as a person would: 1.005 is 1.01, whatever its binary form; 12 digits are trusted. */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(Number((value * factor).toPrecision(12))) / factor;
}
