import { sql } from "drizzle-orm";
import { KM_PER_MILE } from "../../units.ts";
import type { OwnResults } from "./period-results.ts";

export interface WeeklyThresholds {
  /** Points goal of a user who set none. */
  pointsGoal: number;
  pointChallenge: number;
}

/** What a weekly result holds of its own: the goals, and which of them were reached (domain, section 3). */
export function weeklyResults({ pointsGoal, pointChallenge }: WeeklyThresholds): OwnResults {
  return {
    with: sql`exercise_goals as (
        select members.id as user_id, bool_and(coalesce(
            case goal->>'unit'
              when 'reps' then reps >= target
              when 'time' then seconds >= target * 60
              when 'distance' then km >= target
                * case when preferences->>'distanceUnit' in ('mi', 'miles') then ${KM_PER_MILE}::numeric else 1 end
            end, false)) as met
        from members
        cross join lateral jsonb_array_elements(
          case jsonb_typeof(weekly_goals->'exercises') when 'array' then weekly_goals->'exercises' else '[]' end) as goal
        cross join lateral (
          select case jsonb_typeof(goal->'target') when 'number' then (goal->>'target')::numeric end as target) as wanted
        left join sums on sums.user_id = members.id and sums.exercise_id = goal->>'exerciseId'
        group by 1
      ),`,
    joins: sql`left join exercise_goals on exercise_goals.user_id = derived.id
      cross join lateral (select case jsonb_typeof(weekly_goals->'points'->'target')
        when 'number' then round((weekly_goals->'points'->>'target')::numeric, 2)
        else ${pointsGoal}::numeric end as points_target) as wanted`,
    columns: {
      points_target: sql`points_target`,
      challenge_target: sql`${pointChallenge}::numeric`,
      goal_exercises_met: sql`coalesce(met, false)`,
      goal_points_met: sql`points >= points_target`,
      goal_challenge_met: sql`points >= ${pointChallenge}::numeric`,
    },
    goals: {
      pointsGoalMet: "goal_points_met",
      exerciseGoalMet: "goal_exercises_met",
      challengeMet: "goal_challenge_met",
    },
  };
}
