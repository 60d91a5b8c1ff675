import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ActivityItem,
  activityItem,
  type ExercisePoints,
  scoreActivity,
} from "../../../lib/sport/training/activity.ts";
import {
  autoPointsPerUnit,
  type Measure,
  normaliseAmount,
  personalFactor,
  pointsOf,
  round,
  UNITS,
} from "../../../lib/sport/training/points.ts";
import { type Activity, scoreExactly } from "../../support/sport/reference-amounts.ts";
import { runs } from "../../support/thorough.ts";

const parameters = { seed: 20_260_209, numRuns: runs(500) };
const MEASURES: Measure[] = ["reps", "time", "distance"];

const EXERCISES: Record<string, ExercisePoints> = {
  pullups: { measure: "reps", pointsPerUnit: 1.6 },
  pushups: { measure: "reps", pointsPerUnit: 1 },
  situps: { measure: "reps", pointsPerUnit: 0.6 },
  plank: { measure: "time", pointsPerUnit: autoPointsPerUnit("time", 8) },
  yoga: { measure: "time", pointsPerUnit: 0.01 },
  running: { measure: "distance", pointsPerUnit: 10 },
  cycling: { measure: "distance", pointsPerUnit: 4 },
};
const scored = (activity: ActivityItem, bodyKg?: number) =>
  scoreActivity(activity, EXERCISES[activity.exerciseId], bodyKg, "activities[0]");

describe("points per unit", () => {
  it("are base x tier / 5 if they follow from the tier", () => {
    expect(autoPointsPerUnit("reps", 5)).toBe(1);
    expect(autoPointsPerUnit("reps", 8)).toBe(1.6);
    expect(autoPointsPerUnit("time", 5)).toBe(1 / 60);
    expect(autoPointsPerUnit("distance", 2)).toBe(4);
  });
});

describe("the personal factor", () => {
  it("is 1 + extra weight / body weight", () => {
    expect(personalFactor(8, 80)).toBe(1.1);
    expect(personalFactor(-8, 80)).toBe(0.9);
    expect(personalFactor(0, 80)).toBe(1);
  });

  it("stays between 0.8 and 1.2", () => {
    expect(personalFactor(100, 80)).toBe(1.2);
    expect(personalFactor(-100, 80)).toBe(0.8);
    const kilograms = fc.double({ min: -500, max: 1000, noNaN: true });
    const body = fc.double({ min: 20, max: 500, noNaN: true });
    fc.assert(
      fc.property(kilograms, body, (extraKg, bodyKg) => {
        const factor = personalFactor(extraKg, bodyKg);
        expect(factor).toBeGreaterThanOrEqual(0.8);
        expect(factor).toBeLessThanOrEqual(1.2);
        if (Math.abs(extraKg / bodyKg) < 0.2) expect(factor).toBe(1 + extraKg / bodyKg);
      }),
      parameters,
    );
  });

  it("is 1 if either weight is unknown or the body weight is 0", () => {
    expect(personalFactor(undefined, 80)).toBe(1);
    expect(personalFactor(20, undefined)).toBe(1);
    expect(personalFactor(20, 0)).toBe(1);
  });
});

describe("rounding", () => {
  it("rounds half up in decimal, also if the binary form is smaller", () => {
    expect(round(1.005, 2)).toBe(1.01);
    expect(round(2.675, 2)).toBe(2.68);
    expect(round(0.285, 2)).toBe(0.29);
    expect(round(1.004999, 2)).toBe(1);
    expect(round(-0.004, 2) + 0).toBe(0);
  });

  it("equals rounding of exact decimals", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (thousandths) => {
        expect(round(thousandths / 1000, 2)).toBe(Math.floor((thousandths + 5) / 10) / 100);
      }),
      parameters,
    );
  });
});

describe("amounts", () => {
  it("are converted to repetitions, seconds and kilometres", () => {
    expect(normaliseAmount("reps", 12, "reps")).toBe(12);
    expect(normaliseAmount("time", 1.5, "min")).toBe(90);
    expect(normaliseAmount("time", 0.5, "h")).toBe(1800);
    expect(normaliseAmount("distance", 850, "m")).toBe(0.85);
    expect(normaliseAmount("distance", 1, "mi")).toBe(1.60934);
    expect(normaliseAmount("distance", 3.1, "miles")).toBe(4.988954);
  });

  it("are undefined for an unknown unit and for a unit of another measure", () => {
    const known = MEASURES.flatMap((measure) => Object.keys(UNITS[measure]));
    const unit = fc.oneof(fc.constantFrom(...known, "KM", "meter", "constructor", "__proto__", ""), fc.string());
    fc.assert(
      fc.property(fc.constantFrom(...MEASURES), unit, (measure, unit) => {
        const amount = normaliseAmount(measure, 2, unit);
        if (Object.keys(UNITS[measure]).includes(unit)) expect(amount).toBeGreaterThan(0);
        else expect(amount).toBeUndefined();
      }),
      parameters,
    );
  });
});

describe("points", () => {
  it("add up the sets, each with its own weight, and are rounded once", () => {
    const sets = [0.004, 0.004, 0.004].map((amount) => ({ amount, extraKg: undefined }));
    expect(pointsOf(sets, 1, undefined)).toBe(0.01);
    const weighted = [0, 8, 40].map((extraKg) => ({ amount: 10, extraKg }));
    expect(pointsOf(weighted, 1, 80)).toBe(33);
    expect(pointsOf([], 1, 80)).toBe(0);
  });

  it("are rounded up at half a hundredth", () => {
    expect(pointsOf([{ amount: 0.1005, extraKg: undefined }], 10, undefined)).toBe(1.01);
    expect(pointsOf([{ amount: 1, extraKg: 0.4 }], 1, 80)).toBe(1.01); // 1.005
  });
});

describe("an activity", () => {
  it("gets its amount and its points", () => {
    expect(scored({ exerciseId: "running", quantity: 5, unit: "km", durationSeconds: 1500 })).toEqual({
      exerciseId: "running",
      quantity: 5,
      unit: "km",
      distanceKm: 5,
      durationSeconds: 1500,
      pointsEarned: 50,
    });
    expect(scored({ exerciseId: "pullups", sets: [{ quantity: 5 }, { quantity: 3, weightKg: 8 }] }, 80)).toMatchObject({
      reps: 8,
      pointsEarned: 13.28,
    });
    expect(scored({ exerciseId: "yoga", durationSeconds: 90 })).toMatchObject({ pointsEarned: 0.9 });
  });

  it("uses its weight for sets without one", () => {
    const sets = [{ quantity: 10 }, { quantity: 10, weightKg: 0 }];
    expect(scored({ exerciseId: "pushups", sets, weightKg: 16 }, 80)).toMatchObject({ reps: 20, pointsEarned: 22 });
  });

  it.each([
    ["an unknown exercise", { exerciseId: "chess", quantity: 1 }, "unknown-exercise", "activities[0].exerciseId"],
    ["an unknown unit", { exerciseId: "running", quantity: 1, unit: "furlongs" }, "invalid-item", "activities[0].unit"],
    [
      "a unit of another measure",
      { exerciseId: "running", quantity: 1, unit: "min" },
      "invalid-item",
      "activities[0].unit",
    ],
    ["a time without a unit", { exerciseId: "plank", quantity: 60 }, "invalid-item", "activities[0].unit"],
    [
      "a distance in sets without a unit",
      { exerciseId: "running", sets: [{ quantity: 1 }] },
      "invalid-item",
      "activities[0].unit",
    ],
    ["no amount at all", { exerciseId: "pushups", durationSeconds: 60 }, "invalid-item", "activities[0].quantity"],
    [
      "a quantity and sets",
      { exerciseId: "pushups", quantity: 3, sets: [{ quantity: 3 }] },
      "invalid-item",
      "activities[0].sets",
    ],
    [
      "an own field that says otherwise",
      { exerciseId: "pushups", quantity: 3, reps: 4 },
      "invalid-item",
      "activities[0].reps",
    ],
    [
      "another distance than its own",
      { exerciseId: "running", quantity: 1, unit: "mi", distanceKm: 1.6 },
      "invalid-item",
      "activities[0].distanceKm",
    ],
    [
      "more points than can be stored",
      { exerciseId: "running", sets: Array.from({ length: 100 }, () => ({ quantity: 1e7 })), unit: "km" },
      "invalid-item",
      "activities[0]",
    ],
  ] as [string, ActivityItem, string, string][])("is refused with %s", (_, activity, code, field) => {
    expect(scored(activity)).toMatchObject({ code, field });
  });

  it("may state its amount again if it is equal", () => {
    expect(scored({ exerciseId: "pushups", sets: [{ quantity: 3 }, { quantity: 4 }], reps: 7 })).toMatchObject({
      reps: 7,
      pointsEarned: 7,
    });
    expect(scored({ exerciseId: "running", quantity: 1500, unit: "m", distanceKm: 1.5 })).toMatchObject({
      distanceKm: 1.5,
    });
  });

  it("is refused if a number is out of bounds or a field is unknown", () => {
    const valid = { exerciseId: "pushups", quantity: 10 };
    expect(activityItem.safeParse(valid).success).toBe(true);
    for (const wrong of [
      { ...valid, quantity: -1 },
      { ...valid, quantity: Number.POSITIVE_INFINITY },
      { ...valid, quantity: "10" },
      { ...valid, weightKg: 1001 },
      { exerciseId: "pushups", sets: [] },
      { exerciseId: "push ups", quantity: 1 },
      { ...valid, pointsEarned: 1000 },
    ]) {
      expect(activityItem.safeParse(wrong).success).toBe(false);
    }
  });

  it("earns the same points as in exact arithmetic", () => {
    const hundredths = fc.integer({ min: 0, max: 50_000 }).map((value) => value / 100);
    const weightKg = fc.option(
      fc.integer({ min: -4000, max: 4000 }).map((value) => value / 100),
      { nil: undefined },
    );
    const exercise = fc.oneof(
      fc.record({ exerciseId: fc.constantFrom("pushups", "pullups", "situps"), unit: fc.constant("reps") }),
      fc.record({ exerciseId: fc.constantFrom("plank", "yoga"), unit: fc.constantFrom("s", "min", "h") }),
      fc.record({ exerciseId: fc.constantFrom("running", "cycling"), unit: fc.constantFrom("km", "m") }),
    );
    const amount = fc.oneof(
      fc.record({ quantity: hundredths, weightKg }),
      fc.record({
        sets: fc.array(fc.record({ quantity: hundredths, weightKg }), { minLength: 1, maxLength: 5 }),
        weightKg,
      }),
    );
    const bodyKg = fc.option(
      fc.integer({ min: 4000, max: 12_000 }).map((value) => value / 100),
      { nil: undefined },
    );
    fc.assert(
      fc.property(exercise, amount, bodyKg, (exercise, amount, bodyKg) => {
        const activity: Activity = { ...exercise, ...amount };
        const expected = scoreExactly(activity, bodyKg);
        expect(scored(activity as ActivityItem, bodyKg)).toMatchObject({
          pointsEarned: Number(expected.points) / 100,
        });
      }),
      { ...parameters, numRuns: runs(5000) },
    );
  });
});
