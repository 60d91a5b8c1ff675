import { sql } from "drizzle-orm";
import { at } from "../../db/db.ts";
import type { SummaryMail } from "./summary-mails.ts";
import { type WeeklySummary, weeklyLetter } from "./weekly-letter.ts";

/** The weekly summary mail: its key, what is read for it, its letter. */
export const weeklyMail: SummaryMail<WeeklySummary> = {
  kind: "week",
  key: (firstDay) => `weekly-summary:${firstDay}`,
  letter: weeklyLetter,
  own: (week) => ({
    columns: sql`case jsonb_typeof(weekly_goals->'exercises') when 'array' then weekly_goals->'exercises' else '[]' end
      as "exerciseGoals", result.*, board.*`,
    joins: sql`cross join lateral (
        select total_points::float8 as points, total_workouts as workouts, exercise_totals as totals,
          goal_exercises_met as "goalExercisesMet", points_target::float8 as "pointsTarget",
          goal_points_met as "goalPointsMet", challenge_target::float8 as "challengeTarget",
          goal_challenge_met as "goalChallengeMet"
        from weekly_results where user_id = users.id and week_start = ${at(week.start)} offset 0) as result
      left join lateral (
        select rank, participants from leaderboard_results
        where user_id = users.id and week_start = ${at(week.start)} offset 0) as board on true`,
  }),
};
