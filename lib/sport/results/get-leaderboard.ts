import * as z from "zod";
import { userOrViewer } from "../../http/access.ts";
import { calendarDate, id } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { listOf } from "../../http/responses/pages.ts";
import { inclusiveEnd } from "../../time/periods.ts";
import { readFriendsRanking } from "./friends-ranking.ts";
import { notEvaluated, queriedPeriod, requireUserId } from "./query.ts";
import { rankingPage, rankingPageQuery } from "./ranking-page.ts";
import { rank, userId, userName, week } from "./result-schemas.ts";

const entry = z
  .object({ userId, name: userName, rank, points: z.number() })
  .meta({ id: "LeaderboardEntry", description: "A user and their points of the week." });

const leaderboard = z
  .object({
    userId,
    ...week,
    rank,
    points: z.number(),
    participants: z.int().meta({ description: "The user and those direct friends who have a result." }),
    ...listOf("LeaderboardPage", entry).shape,
  })
  .meta({ id: "Leaderboard", description: "A user and their direct friends, ranked by the points of a week." });

export const getLeaderboard = operation({
  id: "getLeaderboard",
  method: "GET",
  path: "/api/sport/leaderboard",
  access: userOrViewer,
  summary: "Ranks a user and their direct friends by the points of a week; equal points share a rank.",
  sampleQuery: { userId: "one-of-mine" },
  query: z.strictObject({ userId: id.optional(), week: calendarDate.optional(), ...rankingPageQuery }),
  responses: {
    200: { description: "The leaderboard, best first; equal ranks by name.", schema: leaderboard },
    404: "The week has not been evaluated, or the user has no result in it.",
  },
  handle: async ({ db, caller, query, now }) => {
    const userId = requireUserId(caller, query.userId);
    const week = queriedPeriod("week", query.week, now);
    const { own, participants, entries } = await readFriendsRanking(db, "week", week, "total_points", userId, query);
    if (own === undefined) throw notEvaluated("week", week, userId);
    const page = rankingPage(entries, query.limit, ({ value: points, ...user }) => ({ ...user, points }));
    const { rank, value: points } = own;
    return { userId, weekStart: week.start, weekEnd: inclusiveEnd(week), rank, points, participants, ...page };
  },
});
