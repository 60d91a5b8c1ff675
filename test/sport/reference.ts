/**
 * The weekly evaluation once more, as the domain text (section 3) reads: naive, exact (BigInt), and sharing nothing
 * with lib/. Rows carry the column names of the tables they are compared with.
 *
 * Where the text leaves a choice: a lifetime badge belongs to the first evaluated week by whose end the total had
 * reached its level, a counted badge to the n-th evaluated week in which it was met; friends count who have a result
 * themselves; a goal that cannot be understood is never reached.
 */
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
export interface User {
  id: string;
  active: boolean;
  bodyWeightKg?: number | undefined;
  preferences: unknown;
  weeklyGoals: unknown;
}
export interface Workout {
  id: string;
  userId: string;
  /** Milliseconds since the epoch, as all instants here. */
  start: number;
  activities: Activity[];
}
export interface Club {
  users: User[];
  friendships: { a: string; b: string; status: "pending" | "accepted" | "blocked" }[];
  workouts: Workout[];
}
export interface Week {
  start: number;
  end: number;
}
/** One evaluated week, with the data as they were when it was evaluated last. */
export interface Evaluation {
  week: Week;
  club: Club;
}
export type Tables = ReturnType<typeof evaluate>;

const TIERS: Record<string, { measure: "reps" | "seconds" | "km"; tier: bigint }> = {
  pullups: { measure: "reps", tier: 8n },
  pushups: { measure: "reps", tier: 5n },
  situps: { measure: "reps", tier: 3n },
  plank: { measure: "seconds", tier: 8n },
  yoga: { measure: "seconds", tier: 3n },
  running: { measure: "km", tier: 5n },
  cycling: { measure: "km", tier: 2n },
};
type Fraction = readonly [bigint, bigint];
const BASE: Record<string, Fraction> = { reps: [1n, 1n], seconds: [1n, 60n], km: [10n, 1n] };
const UNITS: Record<string, Fraction> = { reps: [1n, 1n], s: [1n, 1n], min: [60n, 1n], h: [3600n, 1n] };
Object.assign(UNITS, { km: [1n, 1n], m: [1n, 1000n], mi: [160934n, 100000n] });
const COUNTED = [1, 5, 10, 25, 50, 75, 100, 150, 200];
const LIFETIME: Record<string, number[]> = {
  pushups: [10, 50, 100, 250, 500, 1000, 1500],
  pullups: [10, 25, 50, 100, 250, 500, 750],
  situps: [50, 100, 250, 500, 1000],
  running: [10, 50, 100, 250, 500, 1000],
  cycling: [25, 100, 250, 500, 1000, 2000],
};
const FIELDS = { reps: "reps", seconds: "durationSeconds", km: "distanceKm" } as const;
const MEASURES = ["reps", "seconds", "km"] as const;
type Amounts = Partial<Record<(typeof MEASURES)[number], bigint>>;

/** Amounts are counted in billionths, points in hundredths. */
const billionths = (value: number): bigint => BigInt(Math.round(value * 1e9));
const halfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);
const sum = (values: bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** Amounts of an activity by measure, and its points. */
export function settle(activity: Activity, bodyWeightKg: number | undefined) {
  const { measure, tier } = TIERS[activity.exerciseId]!;
  const { quantity = activity[FIELDS[measure]]!, weightKg } = activity;
  const own = activity.quantity === undefined && activity.sets === undefined;
  const [times, by] = own ? [1n, 1n] : UNITS[activity.unit ?? "reps"]!;
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

/** A user's result of a week, before badges and awards. */
function resultOf(user: User, week: Week, workouts: Workout[]) {
  const mine = workouts.filter(({ userId, start }) => userId === user.id && start >= week.start && start < week.end);
  const done = mine
    .flatMap(({ activities }) => activities)
    .map((activity) => ({ exerciseId: activity.exerciseId, ...settle(activity, user.bodyWeightKg) }));
  const totals = Object.entries(Object.groupBy(done, ({ exerciseId }) => exerciseId)).map(([exerciseId, all]) => {
    const amounts: Amounts = {};
    for (const measure of MEASURES) {
      const known = all!.flatMap((one) => one.amounts[measure] ?? []);
      if (known.length > 0) amounts[measure] = sum(known);
    }
    return { exerciseId, points: sum(all!.map(({ points }) => points)), amounts };
  });
  const points = sum(totals.map((total) => total.points));
  const goals = user.weeklyGoals as { points?: { target?: unknown }; exercises?: unknown } | undefined;
  const target = typeof goals?.points?.target === "number" ? goals.points.target : 500;
  const unit = (user.preferences as { distanceUnit?: unknown } | undefined)?.distanceUnit;
  const inMiles = unit === "mi" || unit === "miles";
  const exerciseGoals: unknown[] = Array.isArray(goals?.exercises) ? goals.exercises : [];
  const reached = (goal: unknown): boolean => {
    const wanted = goal as { exerciseId?: unknown; target?: unknown; unit?: unknown } | null;
    const total = totals.find(({ exerciseId }) => exerciseId === wanted?.exerciseId);
    const unit = { reps: "reps", time: "min", distance: inMiles ? "mi" : "km" }[String(wanted?.unit)];
    if (typeof wanted?.target !== "number" || unit === undefined) return false;
    const amount = total?.amounts[({ reps: "reps", min: "seconds" } as const)[unit] ?? "km"];
    const [times, by] = UNITS[unit]!;
    return amount !== undefined && amount * by >= billionths(wanted.target) * times;
  };
  return {
    userId: user.id,
    week,
    points,
    workouts: mine.length,
    totals,
    target,
    exercisesMet: exerciseGoals.length > 0 && exerciseGoals.every(reached),
    pointsMet: points * 10_000_000n >= billionths(target),
    challengeMet: points >= 150_000n,
  };
}
type Result = ReturnType<typeof resultOf>;

/** A week's leaderboards: everybody with a result among the friends who have one. */
function boardOf(results: Result[], { friendships }: Club) {
  return results.map((mine) => {
    const friends = friendships.flatMap(({ a, b, status }) =>
      status !== "accepted" ? [] : a === mine.userId ? [b] : b === mine.userId ? [a] : [],
    );
    const others = results.filter(({ userId }) => friends.includes(userId));
    const rank = 1 + others.filter((other) => other.points > mine.points).length;
    return { userId: mine.userId, week: mine.week, points: mine.points, rank, participants: 1 + others.length };
  });
}

/** Badges of a user from the weeks they have results in and all they ever did. */
function badgesOf(user: User, results: Result[], workouts: Workout[]) {
  const mine = results.filter(({ userId }) => userId === user.id).sort((a, b) => a.week.start - b.week.start);
  const counted = Object.entries({
    "weekly-goal-exercises": mine.filter(({ exercisesMet }) => exercisesMet),
    "weekly-goal-points": mine.filter(({ pointsMet }) => pointsMet),
    "weekly-challenge-points": mine.filter(({ challengeMet }) => challengeMet),
  }).flatMap(([slug, met]) => COUNTED.map((level) => ({ slug, level, week: met[level - 1]?.week })));
  const lifetime = Object.entries(LIFETIME).flatMap(([exerciseId, levels]) => {
    const { measure } = TIERS[exerciseId]!;
    const totalBy = (end: number) =>
      sum(
        workouts
          .filter(({ userId, start }) => userId === user.id && start < end)
          .flatMap(({ activities }) => activities.filter((activity) => activity.exerciseId === exerciseId))
          .map((activity) => settle(activity, user.bodyWeightKg).amounts[measure]!),
      );
    const totals = mine.map(({ week }) => ({ week, total: totalBy(week.end) }));
    return levels.map((level) => {
      const first = totals.find(({ total }) => total >= billionths(level));
      return { slug: `lifetime-${exerciseId}`, level, week: first?.week };
    });
  });
  return [...counted, ...lifetime].flatMap(({ slug, level, week }) =>
    week === undefined ? [] : [{ userId: user.id, slug, level, ...periodOf(week) }],
  );
}

const periodOf = (week: Week) => ({ periodKind: "week", periodStart: new Date(week.start) });

/** Everything derived, from the evaluated weeks and the data as they are now. */
export function evaluate(evaluations: Evaluation[], now: Club) {
  const weeks = evaluations.map(({ week, club }) => {
    const active = club.users.filter((user) => user.active);
    const results = active.map((user) => resultOf(user, week, club.workouts));
    return { results, board: boardOf(results, club) };
  });
  const results = weeks.flatMap((week) => week.results);
  const board = weeks.flatMap((week) => week.board);
  const userBadges = now.users.flatMap((user) => badgesOf(user, results, now.workouts));
  const awards = board.flatMap(({ userId, week, points, rank, participants }) => {
    const medal = participants >= 2 && points > 0n ? ["gold", "silver", "bronze"][rank - 1] : undefined;
    return medal === undefined ? [] : [{ userId, type: `friends-${medal}`, ...periodOf(week) }];
  });
  const earned = (rows: { userId: string; periodStart: Date }[], { userId, week }: Result) =>
    rows.filter((row) => row.userId === userId && Number(row.periodStart) === week.start).length;
  return {
    weeklyResults: results.map((result) => ({
      userId: result.userId,
      weekStart: new Date(result.week.start),
      weekEnd: new Date(result.week.end),
      totalPoints: Number(result.points) / 100,
      totalWorkouts: result.workouts,
      totalExercises: result.totals.length,
      exerciseTotals: Object.fromEntries(result.totals.map(printTotal)),
      pointsTarget: result.target,
      challengeTarget: 1500,
      goalExercisesMet: result.exercisesMet,
      goalPointsMet: result.pointsMet,
      goalChallengeMet: result.challengeMet,
      badgesAwarded: earned(userBadges, result),
      awardsAwarded: earned(awards, result),
    })),
    leaderboardResults: board.map(({ userId, week, rank, points, participants }) => ({
      weekStart: new Date(week.start),
      userId,
      rank,
      points: Number(points) / 100,
      participants,
    })),
    userBadges,
    awards,
    notifications: [
      ...userBadges.map(({ periodKind: _, ...badge }) => ({ kind: "badge", ...badge })),
      ...awards.map(({ type, periodKind: _, ...award }) => ({ kind: "award", slug: type, level: 0, ...award })),
    ],
  };
}

function printTotal({ exerciseId, points, amounts }: Result["totals"][number]): [string, Record<string, number>] {
  const printed = Object.entries(amounts).map(([measure, amount]) => [measure, Number(amount) / 1e9]);
  return [exerciseId, { points: Number(points) / 100, ...Object.fromEntries(printed) }];
}
