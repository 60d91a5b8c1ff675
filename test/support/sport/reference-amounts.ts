/** A second, simple implementation of amounts and points (docs/domain.md, section 3): exact (BigInt), without code of lib/. */
export interface Activity {
  exerciseId: string;
  quantity?: number | undefined;
  unit?: string | undefined;
  sets?: { quantity: number; weightKg?: number | undefined }[] | undefined;
  weightKg?: number | undefined;
  reps?: number | undefined;
  durationSeconds?: number | undefined;
  distanceKm?: number | undefined;
}

type Fraction = readonly [bigint, bigint];
export const MEASURES = ["reps", "seconds", "km"] as const;
export type Amounts = Partial<Record<(typeof MEASURES)[number], bigint>>;

const TIERS: Record<string, { measure: "reps" | "seconds" | "km"; tier: bigint }> = {
  pullups: { measure: "reps", tier: 8n },
  pushups: { measure: "reps", tier: 5n },
  situps: { measure: "reps", tier: 3n },
  plank: { measure: "seconds", tier: 8n },
  yoga: { measure: "seconds", tier: 3n },
  running: { measure: "km", tier: 5n },
  cycling: { measure: "km", tier: 2n },
};
const BASE: Record<string, Fraction> = { reps: [1n, 1n], seconds: [1n, 60n], km: [10n, 1n] };
export const UNITS: Record<string, Fraction> = { reps: [1n, 1n], s: [1n, 1n], min: [60n, 1n], h: [3600n, 1n] };
Object.assign(UNITS, { km: [1n, 1n], m: [1n, 1000n], mi: [160934n, 100000n] });
const FIELDS = { reps: "reps", seconds: "durationSeconds", km: "distanceKm" } as const;

/** Amounts are in billionths, points in hundredths. */
export const billionths = (value: number): bigint => BigInt(Math.round(value * 1e9));
const halfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);
export const sum = (values: bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** The measure by which an exercise is ranked and counted. */
export const measureOf = (exerciseId: string) => TIERS[exerciseId]!.measure;

/** The amounts of an activity by measure, and its points. */
export function scoreExactly(activity: Activity, bodyWeightKg: number | undefined) {
  const { measure, tier } = TIERS[activity.exerciseId]!;
  const { quantity = activity[FIELDS[measure]]!, weightKg } = activity;
  const inOwnField = activity.quantity === undefined && activity.sets === undefined;
  const [times, by] = inOwnField ? [1n, 1n] : UNITS[activity.unit ?? "reps"]!;
  const efforts = (activity.sets ?? [{ quantity, weightKg }]).map((set) => ({
    amount: halfUp(billionths(set.quantity) * times, by),
    factor: personalFactor(set.weightKg ?? weightKg, bodyWeightKg),
  }));
  const [base, share] = BASE[measure]!;
  let points: Fraction = [0n, 1n];
  for (const { amount, factor } of efforts) {
    const [n, d] = [amount * base * tier * factor[0], 1_000_000_000n * share * 5n * factor[1]];
    points = [points[0] * d + n * points[1], points[1] * d];
  }
  const amounts: Amounts = { [measure]: sum(efforts.map(({ amount }) => amount)) };
  for (const also of MEASURES) {
    const value = activity[FIELDS[also]];
    if (also !== measure && value !== undefined) amounts[also] = billionths(value);
  }
  return { amounts, points: halfUp(100n * points[0], points[1]) };
}

function personalFactor(extraKg: number | undefined, bodyKg: number | undefined): Fraction {
  if (extraKg === undefined || bodyKg === undefined) return [1n, 1n];
  const [n, d] = [billionths(bodyKg) + billionths(extraKg), billionths(bodyKg)];
  if (n * 5n < d * 4n) return [4n, 5n];
  return n * 5n > d * 6n ? [6n, 5n] : [n, d];
}
