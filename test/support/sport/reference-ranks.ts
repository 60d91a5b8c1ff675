import type { Club, Result, Span } from "./reference-results.ts";

/** A second implementation of ranks and their awards (docs/domain.md, section 3): a rank is 1 + the number of better users. */

export const CATEGORIES = ["points", "pullups", "pushups", "situps"] as const;
export type Category = (typeof CATEGORIES)[number];

/** A value of a category as tables store it; here, points are in hundredths and repetitions in billionths. */
export const printValue = (category: Category, value: bigint): number =>
  Number(value) / (category === "points" ? 100 : 1e9);

/** The ranks of all users among those of their friends who have a result. */
export function amongFriends(results: Result[], { friendships }: Club) {
  return results.map((mine) => {
    const friends = friendships.flatMap(({ a, b, status }) =>
      status !== "accepted" ? [] : a === mine.userId ? [b] : b === mine.userId ? [a] : [],
    );
    const others = results.filter(({ userId }) => friends.includes(userId));
    const rank = (category: Category) =>
      1 + others.filter((other) => other.values[category] > mine.values[category]).length;
    return { ...mine, participants: 1 + others.length, rank };
  });
}
type RankedResult = ReturnType<typeof amongFriends>[number];

/** By category: the values above 0 of all users who do not hide, each with its rank. */
export type Standings = ReturnType<typeof standingsOf>;
export function standingsOf(results: Result[]) {
  return CATEGORIES.map((category) => {
    const values = results.filter(({ hidden }) => !hidden).map((result) => result.values[category]);
    const ranked = values.filter((value) => value > 0n);
    const ranks = new Map([...new Set(ranked)].map((value) => [value, 1 + ranked.filter((v) => v > value).length]));
    return { category, participants: ranked.length, ranks };
  });
}

/** A user's global rank; null for a hidden user or a value of 0. */
function globalRank({ hidden, values }: Result, category: Category, standings: Standings): number | null {
  if (hidden) return null;
  return standings.find((standing) => standing.category === category)?.ranks.get(values[category]) ?? null;
}

const periodOf = ({ kind, start }: Span) => ({ periodKind: kind, periodStart: new Date(start) });

/** The awards of a user's week. */
export function weeklyAwards({ userId, span, values, participants, rank }: RankedResult) {
  const medal = participants >= 2 && values.points > 0n ? ["gold", "silver", "bronze"][rank("points") - 1] : undefined;
  const type = `friends-${medal}`;
  return medal === undefined ? [] : [{ userId, type, category: type, ...periodOf(span) }];
}

/** The awards of a user's month. */
export function monthlyAwards(result: RankedResult, standings: Standings) {
  const { userId, span, values, participants, challengeMet } = result;
  const medals = CATEGORIES.flatMap((category) => {
    const global = globalRank(result, category, standings);
    const friends = participants >= 2 && values[category] > 0n ? result.rank(category) : null;
    const type = (scope: string, rank: number | null) =>
      rank !== null && rank <= 3 ? [`monthly-rank-${scope}-${category}-${rank}`] : [];
    return [...type("global", global), ...type("friends", friends)];
  });
  return [
    ...(challengeMet ? [{ userId, type: "monthly-champion", category: "monthly-champion", ...periodOf(span) }] : []),
    ...medals.map((type) => ({ userId, type, category: "category-rank-award", ...periodOf(span) })),
  ];
}

/** A user's row of `monthly_rankings`. */
export function printRankings(result: RankedResult, standings: Standings) {
  const ranks = CATEGORIES.flatMap((category) => {
    const name = category.charAt(0).toUpperCase() + category.slice(1);
    return [
      [`global${name}`, globalRank(result, category, standings)],
      [`friends${name}`, result.rank(category)],
    ];
  });
  const { userId, span, participants } = result;
  const fixed = { monthStart: new Date(span.start), userId, friendsParticipants: participants };
  return { ...fixed, ...Object.fromEntries(ranks) };
}

/** The rows of `monthly_standings` of a month. */
export function printStandings(standings: Standings, month: Span) {
  return standings.flatMap(({ category, participants, ranks }) =>
    [...ranks].map(([value, rank]) => ({
      monthStart: new Date(month.start),
      category,
      value: printValue(category, value),
      rank,
      participants,
    })),
  );
}
