import { type Activity, type Amounts, billionths, MEASURES, scoreExactly, sum, UNITS } from "./reference-amounts.ts";

/** A second implementation of the results of users (docs/domain.md, section 3). An invalid goal is never reached. */
export interface User {
  id: string;
  active: boolean;
  /** Hides from the global rankings. */
  hidden: boolean;
  bodyWeightKg?: number | undefined;
  preferences: unknown;
  weeklyGoals: unknown;
}
export interface Workout {
  id: string;
  userId: string;
  /** Milliseconds since the epoch, like all instants here. */
  start: number;
  activities: Activity[];
}
export interface Club {
  users: User[];
  friendships: { a: string; b: string; status: "pending" | "accepted" | "blocked" }[];
  workouts: Workout[];
}
export interface Span {
  kind: "week" | "month";
  start: number;
  end: number;
}

export type Result = ReturnType<typeof resultOf>;

/** A user's result of a week or a month, before badges and awards. */
export function resultOf(user: User, span: Span, workouts: Workout[]) {
  const mine = workouts.filter(({ userId, start }) => userId === user.id && start >= span.start && start < span.end);
  const activities = mine
    .flatMap(({ activities }) => activities)
    .map((activity) => ({ exerciseId: activity.exerciseId, ...scoreExactly(activity, user.bodyWeightKg) }));
  const totals = Object.entries(Object.groupBy(activities, ({ exerciseId }) => exerciseId)).map(([exerciseId, all]) => {
    const amounts: Amounts = {};
    for (const measure of MEASURES) {
      const known = all!.flatMap(({ amounts }) => amounts[measure] ?? []);
      if (known.length > 0) amounts[measure] = sum(known);
    }
    return { exerciseId, points: sum(all!.map(({ points }) => points)), amounts };
  });
  const points = sum(totals.map((total) => total.points));
  /** All three ranked exercises are measured in repetitions. */
  const reps = (exerciseId: string) => totals.find((total) => total.exerciseId === exerciseId)?.amounts.reps ?? 0n;
  return {
    userId: user.id,
    hidden: user.hidden,
    span,
    workouts: mine.length,
    totals,
    /** The values of the monthly rankings: points in hundredths, repetitions in billionths. */
    values: { points, pullups: reps("pullups"), pushups: reps("pushups"), situps: reps("situps") },
    goals: goalsOf(user, totals, points),
    challengeMet: points >= (span.kind === "week" ? 150_000n : 200_000n),
  };
}

function goalsOf(user: User, totals: { exerciseId: string; amounts: Amounts }[], points: bigint) {
  const goals = user.weeklyGoals as { points?: { target?: unknown }; exercises?: unknown } | undefined;
  const target = typeof goals?.points?.target === "number" ? goals.points.target : 500;
  const unit = (user.preferences as { distanceUnit?: unknown } | undefined)?.distanceUnit;
  const inMiles = unit === "mi" || unit === "miles";
  const exerciseGoals: unknown[] = Array.isArray(goals?.exercises) ? goals.exercises : [];
  const reached = (goal: unknown): boolean => {
    const checked = goal as { exerciseId?: unknown; target?: unknown; unit?: unknown } | null;
    const total = totals.find(({ exerciseId }) => exerciseId === checked?.exerciseId);
    const unit = { reps: "reps", time: "min", distance: inMiles ? "mi" : "km" }[String(checked?.unit)];
    if (typeof checked?.target !== "number" || unit === undefined) return false;
    const amount = total?.amounts[({ reps: "reps", min: "seconds" } as const)[unit] ?? "km"];
    const [times, by] = UNITS[unit]!;
    return amount !== undefined && amount * by >= billionths(checked.target) * times;
  };
  return {
    target,
    exercisesMet: exerciseGoals.length > 0 && exerciseGoals.every(reached),
    pointsMet: points * 10_000_000n >= billionths(target),
  };
}

/** The fields that weekly and monthly results have in common, with the names of the tables. */
export function printResult({ userId, span, values, workouts, totals }: Result) {
  return {
    userId,
    [`${span.kind}Start`]: new Date(span.start),
    [`${span.kind}End`]: new Date(span.end),
    totalPoints: Number(values.points) / 100,
    totalWorkouts: workouts,
    totalExercises: totals.length,
    exerciseTotals: Object.fromEntries(totals.map(printTotal)),
  };
}

function printTotal({ exerciseId, points, amounts }: Result["totals"][number]): [string, Record<string, number>] {
  const printed = Object.entries(amounts).map(([measure, amount]) => [measure, Number(amount) / 1e9]);
  return [exerciseId, { points: Number(points) / 100, ...Object.fromEntries(printed) }];
}
