import { billionths, measureOf, scoreExactly, sum } from "./reference-amounts.ts";
import {
  amongFriends,
  monthlyAwards,
  printRankings,
  printStandings,
  printValue,
  standingsOf,
  weeklyAwards,
} from "./reference-ranks.ts";
import {
  type Club,
  printResult,
  type Result,
  resultOf,
  type Span,
  type User,
  type Workout,
} from "./reference-results.ts";

/**
 * A second, simple implementation of the weekly and the monthly evaluation (docs/domain.md, section 3): exact (BigInt),
 * and without code of lib/. Its rows have the column names of the tables with which they are compared.
 *
 * Where the domain leaves a choice: a lifetime badge belongs to the first evaluated week or month at whose end the total
 * has reached its level (to the week if both end together); a counted badge belongs to the n-th evaluated period in which
 * the goal was met; only friends with a result take part in ranks.
 */

/** An evaluated week or month, with the data at its last evaluation. */
export interface Evaluation {
  span: Span;
  club: Club;
}
/** A club with all its evaluations, and its data now. */
export interface EvaluatedClub {
  evaluations: Evaluation[];
  now: Club;
}
export type Tables = Record<
  | "weeklyResults"
  | "leaderboardResults"
  | "monthlyResults"
  | "monthlyRankings"
  | "monthlyStandings"
  | "userBadges"
  | "awards"
  | "notifications",
  object[]
>;

const WEEKLY = [1, 5, 10, 25, 50, 75, 100, 150, 200];
const MONTHLY = [1, 3, 6, 12, 24, 36, 60];
const LIFETIME: Record<string, number[]> = {
  pushups: [10, 50, 100, 250, 500, 1000, 1500],
  pullups: [10, 25, 50, 100, 250, 500, 750],
  situps: [50, 100, 250, 500, 1000],
  running: [10, 50, 100, 250, 500, 1000],
  cycling: [25, 100, 250, 500, 1000, 2000],
};

/**
 * The derived tables of clubs that share a database and therefore the global rankings. All are evaluated for the same
 * periods. The standings, which belong to no user, are returned with the first club.
 */
export function evaluateTogether(clubs: EvaluatedClub[]): Tables[] {
  const all = clubs.map(({ evaluations }) =>
    evaluations.map(({ span, club }) => {
      const results = club.users.filter((user) => user.active).map((user) => resultOf(user, span, club.workouts));
      return { span, ranked: amongFriends(results, club) };
    }),
  );
  const standings = (all[0] ?? []).map(({ span }, n) =>
    span.kind === "month" ? standingsOf(all.flatMap((evaluations) => evaluations[n]!.ranked)) : [],
  );
  return clubs.map(({ now }, club) => {
    const evaluations = all[club]!.map((evaluation, n) => ({ ...evaluation, standings: standings[n]! }));
    const tables = tablesOf(evaluations, now);
    const months = evaluations.filter(({ span }) => span.kind === "month");
    if (club === 0) tables.monthlyStandings = months.flatMap((month) => printStandings(month.standings, month.span));
    return tables;
  });
}

interface RankedSpan {
  span: Span;
  ranked: ReturnType<typeof amongFriends>;
  standings: ReturnType<typeof standingsOf>;
}

function tablesOf(evaluations: RankedSpan[], now: Club): Tables {
  const weeks = evaluations.filter(({ span }) => span.kind === "week").flatMap(({ ranked }) => ranked);
  const months = evaluations.filter(({ span }) => span.kind === "month");
  const inMonths = months.flatMap(({ ranked }) => ranked);
  const userBadges = now.users.flatMap((user) => badgesOf(user, [...weeks, ...inMonths], now.workouts));
  const awards = [
    ...weeks.flatMap(weeklyAwards),
    ...months.flatMap(({ ranked, standings }) => ranked.flatMap((one) => monthlyAwards(one, standings))),
  ];
  const earned = ({ userId, span }: Result) => {
    const count = (rows: { userId: string; periodKind: string; periodStart: Date }[]) =>
      rows.filter(
        (row) => row.userId === userId && row.periodKind === span.kind && Number(row.periodStart) === span.start,
      ).length;
    return { badgesAwarded: count(userBadges), awardsAwarded: count(awards) };
  };
  return {
    weeklyResults: weeks.map((result) => ({
      ...printResult(result),
      pointsTarget: result.goals.target,
      challengeTarget: 1500,
      goalExercisesMet: result.goals.exercisesMet,
      goalPointsMet: result.goals.pointsMet,
      goalChallengeMet: result.challengeMet,
      ...earned(result),
    })),
    leaderboardResults: weeks.map(({ userId, span, values, rank, participants }) => ({
      weekStart: new Date(span.start),
      userId,
      rank: rank("points"),
      points: printValue("points", values.points),
      participants,
    })),
    monthlyResults: inMonths.map((result) => ({
      ...printResult(result),
      pullups: printValue("pullups", result.values.pullups),
      pushups: printValue("pushups", result.values.pushups),
      situps: printValue("situps", result.values.situps),
      challengeTarget: 2000,
      challengeMet: result.challengeMet,
      ...earned(result),
    })),
    monthlyRankings: months.flatMap(({ ranked, standings }) => ranked.map((one) => printRankings(one, standings))),
    monthlyStandings: [],
    userBadges,
    awards,
    notifications: [
      ...userBadges.map(({ periodKind: _, ...badge }) => ({ kind: "badge", ...badge })),
      ...awards.map(({ userId, type, periodStart }) => ({ userId, kind: "award", slug: type, level: 0, periodStart })),
    ],
  };
}

/** The badges of a user, from all their results and workouts. */
function badgesOf(user: User, results: Result[], workouts: Workout[]) {
  const mine = results
    .filter(({ userId }) => userId === user.id)
    .sort((a, b) => a.span.end - b.span.end || (a.span.kind === "week" ? -1 : 1));
  const weeks = mine.filter(({ span }) => span.kind === "week");
  const months = mine.filter(({ span }) => span.kind === "month");
  const counted = (slug: string, levels: number[], met: Result[]) =>
    levels.map((level) => ({ slug, level, span: met[level - 1]?.span }));
  const lifetime = Object.entries(LIFETIME).flatMap(([exerciseId, levels]) => {
    const measure = measureOf(exerciseId);
    const totalBy = (end: number) =>
      sum(
        workouts
          .filter(({ userId, start }) => userId === user.id && start < end)
          .flatMap(({ activities }) => activities.filter((activity) => activity.exerciseId === exerciseId))
          .map((activity) => scoreExactly(activity, user.bodyWeightKg).amounts[measure]!),
      );
    const totals = mine.map(({ span }) => ({ span, total: totalBy(span.end) }));
    return levels.map((level) => {
      const first = totals.find(({ total }) => total >= billionths(level));
      return { slug: `lifetime-${exerciseId}`, level, span: first?.span };
    });
  });
  return [
    ...counted(
      "weekly-goal-exercises",
      WEEKLY,
      weeks.filter(({ goals }) => goals.exercisesMet),
    ),
    ...counted(
      "weekly-goal-points",
      WEEKLY,
      weeks.filter(({ goals }) => goals.pointsMet),
    ),
    ...counted(
      "weekly-challenge-points",
      WEEKLY,
      weeks.filter(({ challengeMet }) => challengeMet),
    ),
    ...counted(
      "monthly-challenge-points",
      MONTHLY,
      months.filter(({ challengeMet }) => challengeMet),
    ),
    ...lifetime,
  ].flatMap(({ slug, level, span }) =>
    span === undefined
      ? []
      : [{ userId: user.id, slug, level, periodKind: span.kind, periodStart: new Date(span.start) }],
  );
}
